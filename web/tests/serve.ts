// Reads the examples into a fresh record and serves it while the tests run. READOUT names the program,
// READOUT_RECORD another record (then only walk.spec.ts makes sense), READOUT_URL a server that runs already.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export default async function serve(): Promise<(() => void) | undefined> {
  if (process.env['READOUT_URL']) return undefined;
  const root = resolve(process.cwd(), '..');
  const program = process.env['READOUT'] ? resolve(root, process.env['READOUT']) : ['build/release/readout', 'build/dev/readout'].map((path) => join(root, path)).find((path) => existsSync(path));
  if (!program) throw new Error('no program: build it first, or name it in READOUT');
  const folder = mkdtempSync(join(tmpdir(), 'readout-web-'));
  let record = process.env['READOUT_RECORD'];
  if (!record) {
    record = join(folder, 'examples.db');
    const examples = readdirSync(join(root, 'examples')).filter((name) => /^\d/.test(name) && !name.endsWith('.gold.jsonl')).map((name) => join('examples', name));
    execFileSync(program, ['add', '--record', record, ...examples], { cwd: root, stdio: 'ignore' });
    spawnSync(program, ['link', '--record', record], { cwd: root, stdio: 'ignore' });
    process.env['READOUT_OWN_RECORD'] = record;
  }
  process.env['READOUT_PROGRAM'] = program;
  const server = spawn(program, ['serve', '--record', record, '--port', '0'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const match = /at (http:\/\/\S+?)\/?\s/.exec(said);
      if (match) found(match[1]!);
    });
    server.on('exit', () => failed(new Error(`the server ended: ${said}`)));
  });
  process.env['READOUT_URL'] = url;
  return () => {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
}
