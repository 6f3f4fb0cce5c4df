export function Correct(_: { row: import('../lib/types').Row }) {
  return null;
}
