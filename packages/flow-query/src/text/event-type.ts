// Event types of the datapath's monitor (CiliumEventType.type) and the names that `--type` takes.

export const EVENT_TYPE_DROP = 1;
export const EVENT_TYPE_DEBUG = 2;
export const EVENT_TYPE_CAPTURE = 3;
export const EVENT_TYPE_TRACE = 4;
export const EVENT_TYPE_POLICY_VERDICT = 5;
export const EVENT_TYPE_RECORDER = 6;
export const EVENT_TYPE_TRACE_SOCK = 7;
export const EVENT_TYPE_L7 = 129;
export const EVENT_TYPE_AGENT = 130;

/** Number to name. `recorder` is gone since 1.19; `debug` and `agent` events are no flows. */
export const EVENT_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [EVENT_TYPE_DROP, 'drop'],
  [EVENT_TYPE_DEBUG, 'debug'],
  [EVENT_TYPE_CAPTURE, 'capture'],
  [EVENT_TYPE_TRACE, 'trace'],
  [EVENT_TYPE_POLICY_VERDICT, 'policy-verdict'],
  [EVENT_TYPE_RECORDER, 'recorder'],
  [EVENT_TYPE_TRACE_SOCK, 'trace-sock'],
  [EVENT_TYPE_L7, 'l7'],
  [EVENT_TYPE_AGENT, 'agent'],
]);

/** The name, or the number as text when it has none. */
export function eventTypeName(type: number): string {
  return EVENT_TYPE_NAMES.get(type) ?? String(type);
}
