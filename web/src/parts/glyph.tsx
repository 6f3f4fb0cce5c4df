// Shapes that stand beside a word, so that nothing is told by colour alone. They are drawings of the word
// next to them and therefore hidden from screen readers.
import type { ComponentChildren } from 'preact';
import { kStatuses } from '../lib/words';

const kShapes: Record<string, ComponentChildren> = {
  happened: <circle cx="8" cy="8" r="5.5" fill="currentColor" stroke="none" />,
  ongoing: (
    <>
      <circle cx="8" cy="8" r="5" />
      <path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" stroke="none" />
    </>
  ),
  habitual: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle cx="8" cy="8" r="2.3" fill="currentColor" stroke="none" />
    </>
  ),
  planned: <circle cx="8" cy="8" r="5" />,
  promised: <rect x="3.5" y="3.5" width="9" height="9" />,
  offered: <path d="M8 2.5 13.5 8 8 13.5 2.5 8z" />,
  requested: <path d="M8 3 13.5 13h-11z" />,
  hoped: <circle cx="8" cy="8" r="5" stroke-dasharray="1 2.1" />,
  conditional: <circle cx="8" cy="8" r="5" stroke-dasharray="4 2.3" />,
  denied: (
    <>
      <circle cx="8" cy="8" r="5" />
      <path d="M4.5 11.5l7-7" />
    </>
  ),
  alleged: (
    <>
      <path d="M2.5 4.5h11v7h-6l-3 2.5v-2.5h-2z" />
      <path d="M8 6v2.6M8 9.6v.6" />
    </>
  ),
  refused: <path d="M4 4l8 8M12 4l-8 8" stroke-width="2" />,
  // states of commitments
  open: <rect x="3.5" y="3.5" width="9" height="9" />,
  due: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2.2 1.4" />
    </>
  ),
  overdue: (
    <>
      <path d="M8 2.5 14 13.2H2z" fill="currentColor" stroke="none" />
      <path d="M8 6.3v3.2M8 10.9v.9" stroke="var(--paper)" />
    </>
  ),
  answered: (
    <>
      <path d="M2.5 4h11v7.5h-6L4.5 14v-2.5h-2z" />
      <path d="M5.6 7.6l1.8 1.7 3-3" />
    </>
  ),
  kept: <path d="M3 8.5l3.4 3.4L13 4.6" stroke-width="2" />,
  disputed: <path d="M3 6h7l-2-2.5M13 10H6l2 2.5" />,
  none: <path d="M4 8h8" stroke-dasharray="1.5 1.5" />,
  both: <path d="M3 6h10M3 10h10" />,
  differs: <path d="M3 6h10M3 10h10M10.5 3l-5 10" />,
  left: <path d="M12.5 3.5v9L4 8z" fill="currentColor" stroke="none" />,
  right: <path d="M3.5 3.5v9L12 8z" fill="currentColor" stroke="none" />,
};

export function Glyph({ shape }: { shape: string }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" width="13" height="13" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.4">
      {kShapes[shape] ?? kShapes['none']}
    </svg>
  );
}

/** These say it themselves. */
const kNegative = new Set(['denied', 'refused']);

/** The status of an event: shape and word, and whether it is said not to be so. */
export function StatusMark({ status, polarity }: { status: string; polarity?: string }) {
  if (!status) return null;
  return (
    <span class={`status s-${status}`} title={kStatuses[status]}>
      <Glyph shape={status} />
      {status.replace(/_/g, ' ')}
      {polarity === 'negative' && !kNegative.has(status) && <span class="negative" title="said not to be so">negated</span>}
    </span>
  );
}

const kAxisShapes: Record<string, string> = {
  'reported done': 'kept', 'told as kept': 'kept', met: 'kept', 'met late': 'kept', supported: 'kept', answered: 'answered', partly: 'ongoing', 'reported partly': 'ongoing', revised: 'both', repeated: 'both',
  'reported not done': 'refused', refused: 'refused', 'said not to be kept': 'refused', denied: 'denied', 'not assessed': 'none', 'no deadline': 'none', stated: 'open',
};

/** One axis of a commitment. */
export function AxisMark({ state: label }: { state: string }) {
  const state = label.toLowerCase();
  const shape = kShapes[state] ? state : kAxisShapes[state] ? kAxisShapes[state] : state === 'not assessed' ? 'none' : /report|done|kept|fulfil|support/.test(state) ? 'kept' : /disput|contradict|den/.test(state) ? 'disputed' : /answer/.test(state) ? 'answered' : /state|promis|repeat/.test(state) ? 'promised' : 'none';
  return (
    <span class={`status s-${state.replace(/\s+/g, '-')}`}>
      <Glyph shape={shape} />
      {label}
    </span>
  );
}

/** The sample of a layer's mark: the same line that it draws under the words. */
export function LayerSample({ layer }: { layer: string }) {
  return (
    <span class={`sample l-${layer}`} aria-hidden="true">
      ab
    </span>
  );
}
