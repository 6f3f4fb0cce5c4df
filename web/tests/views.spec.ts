// Each view: it shows rows of the examples, has no accessibility fault that axe finds in either theme,
// writes no error to the console and asks nobody but the server.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const base = (): string => process.env['READOUT_URL']!;
let trouble: string[] = [];

test.beforeEach(({ page }) => {
  trouble = [];
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base()) && !url.startsWith('data:') && !url.startsWith('blob:')) trouble.push(`foreign request: ${url}`);
  });
});
test.afterEach(() => expect(trouble).toEqual([]));

async function open(page: Page, place: string): Promise<void> {
  await page.goto(`${base()}/#/${place}`);
  await expect(page.locator('h1')).toBeVisible();
}

async function clean(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0)); // what slides under the bars on top can't be clicked there
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(found.violations.map((one) => `${theme} ${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join(' | ')}`)).toEqual([]);
  }
}

async function documentCalled(page: Page, title: string): Promise<string> {
  const answer = await page.request.get(`${base()}/api/v1/documents?title=${encodeURIComponent(title)}`);
  return (await answer.json()).documents[0].id as string;
}

const kViews: [string, string, string][] = [
  ['library', 'library', '.library tbody tr'],
  ['said', 'said?actor=Tokayev', '.said-list li'],
  ['events', 'events?actor=Tokayev', 'table.answer tbody'],
  ['contacts', 'contacts', 'table.answer tbody'],
  ['commitments', 'commitments?as_of=2024-01-01', '.board .card'],
  ['commitments as a table', 'commitments?as=table', 'table.answer tbody'],
  ['figures', 'figures', 'table.answer tbody'],
  ['agreements', 'agreements', '.agreements > li'],
  ['timeline', 'timeline', '.brush .lane rect'],
  ['dossier', 'dossier?actor=Kazakhstan', '.section'],
  ['dyad', 'dyad?actor=Kazakhstan&other=Kyrgyzstan', '.series rect.cooperation'],
  ['network', 'network', '.edge'],
  ['map', 'map', '.spot'],
  ['search', 'search?words=water', '.said-list mark'],
];
for (const [name, place, rows] of kViews) {
  test(`${name}: rows, axe, export`, async ({ page }) => {
    await open(page, place);
    await expect(page.locator(rows).first()).toBeAttached();
    await page.waitForLoadState('networkidle');
    await clean(page);
    await page.locator('[data-export] > summary').click();
    await expect(page.locator('[data-export] li a, [data-export] li button').first()).toBeVisible();
  });
}

test('reader: layers, a row lights its words, reasons, address of a passage', async ({ page }) => {
  const id = await documentCalled(page, 'Tokayev');
  await open(page, `doc/${id}`);
  await expect(page.locator('.text .l-event').first()).toBeVisible();
  await clean(page);
  await page.locator('[data-layer=event]').click();
  await expect(page.locator('.text .l-event')).toHaveCount(0);
  await page.keyboard.press('4');
  await expect(page.locator('.text .l-event').first()).toBeVisible();
  await page.locator('.note.n-commitment', { hasText: 'open the Karasu post' }).click();
  await expect(page.locator('mark.lit', { hasText: 'open the Karasu post' })).toBeVisible();
  await expect(page.locator('.reason')).toContainText('2023-12-31');
  await expect(page.locator('.reason')).toContainText('Made by');
  await clean(page);
  await page.keyboard.press('j');
  await expect(page.locator('.reason')).not.toContainText('2023-12-31');
  await page.keyboard.press('Escape');
  await expect(page.locator('.reason')).toHaveCount(0);
  await page.goto(`${base()}/#/doc/${id}?at=703-741`);
  await expect(page.locator('mark.lit').first()).toBeVisible();
  expect((await page.locator('mark.lit').allInnerTexts()).join('').replace(/\s+/g, ' ')).toContain('our governments should meet more often');
});

test('reader: markup of a web page is not shown, spans still lie on their words', async ({ page }) => {
  const id = await documentCalled(page, 'Muscat');
  await open(page, `doc/${id}`);
  await expect(page.locator('.text')).toContainText('Muscat hosts new round of Yemen talks'.replace(' Yemen', '\u00a0Yemen'));
  await expect(page.locator('.text')).not.toContainText('&rsquo;');
  await expect(page.locator('.l-quote').first()).toBeVisible();
  expect((await page.locator('.l-quote').allInnerTexts()).join('')).toContain('We are not mediators who carry a stick');
});

test('network: an edge opens its sentences', async ({ page }) => {
  await open(page, 'network');
  await page.locator('.edges .note').first().click();
  await expect(page.locator('#edge-rows .evidence').first()).toBeVisible();
  await page.locator('#edge-rows [data-open]').first().click();
  await expect(page.locator('.reason')).toBeVisible();
});

test('timeline: the handles choose a stretch', async ({ page }) => {
  await open(page, 'timeline');
  await expect(page.locator('.brush-words')).toContainText('whole time');
  await page.locator('.handle').first().focus();
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
  await expect(page.locator('.brush-words')).toContainText(' to ');
  expect(page.url()).toContain('a=');
});

test('map: a place opens its sentences', async ({ page }) => {
  await open(page, 'map');
  await page.locator('.edges .note').first().click();
  await expect(page.locator('#spot .evidence').first()).toBeVisible();
});

test('comparison of two readouts', async ({ page }) => {
  const [a, b] = [await documentCalled(page, 'Tokayev'), await documentCalled(page, 'Muscat')];
  await open(page, `compare?a=${a}&b=${b}`);
  await expect(page.locator('.pair .evidence').first()).toBeVisible();
  await expect(page.locator('.left-out').first()).toBeVisible();
  await clean(page);
});

test('paste a text: read, kept, opened', async ({ page }) => {
  await open(page, 'library');
  await page.getByRole('button', { name: 'Paste a text' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Note on the harbour talks');
  await page.getByLabel('Text', { exact: true }).fill('The foreign ministers of Norway and Iceland met in Oslo on 3 May 2022. Norway promised to open the harbour by 1 June 2022.');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('link', { name: 'open', exact: true }).click();
  await expect(page.locator('h1')).toHaveText('Note on the harbour talks');
  await expect(page.locator('.note.n-commitment, .note.n-event').first()).toBeVisible();
});

test('correction: kept beside the row with who and why', async ({ page }) => {
  const id = await documentCalled(page, 'Tokayev');
  await open(page, `doc/${id}`);
  await page.locator('.note.n-event').first().click();
  await page.getByRole('button', { name: 'Correct this row' }).click();
  await page.locator('.correct select[name=status]').selectOption('planned');
  await page.getByLabel('Why', { exact: true }).fill('The text says so.');
  await page.getByLabel('Your name').fill('A Tester');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.locator('.history')).toContainText('status: planned');
  await expect(page.locator('.history')).toContainText('A Tester');
  await clean(page);
});

test('keys, help, theme', async ({ page }) => {
  await open(page, 'library');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('next of the list');
  await clean(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.locator('.reader')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.locator('h1')).toHaveText('Commitments');
  await page.keyboard.press('d');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press('/');
  await page.keyboard.type('water');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('Search');
});

test('a phone: nothing wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const id = await documentCalled(page, 'Tokayev');
  for (const place of ['library', `doc/${id}`, 'commitments', 'events', 'timeline', 'network', 'map', 'dossier?actor=Kazakhstan', `compare?a=${id}&b=${id}`]) {
    await open(page, place);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(390);
  }
});

test('without scripts there are pages to read', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base()}/`);
  await page.getByRole('link', { name: /library/ }).click();
  await expect(page.locator('main a').first()).toBeVisible();
  await context.close();
});
