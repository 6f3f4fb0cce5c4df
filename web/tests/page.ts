// What all tests of the page want: no error in the console, no request to anybody but the server, and axe.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

export const base = (): string => process.env['READOUT_URL']!;

/** Call once in each file: watches every page of it. */
export function watched(): void {
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
}

export async function open(page: Page, place: string): Promise<void> {
  await page.goto(`${base()}/#/${place}`);
  await expect(page.locator('h1')).toBeVisible();
}

/** Nothing that axe finds against WCAG 2.2 AA, in either theme. */
export async function clean(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0)); // what slides under the bars on top can't be clicked there
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(found.violations.map((one) => `${theme} ${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join(' | ')}`)).toEqual([]);
  }
}
