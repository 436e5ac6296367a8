/** The records of no line, by kind. */
export const NO_RECORDS = {
  flows: 0,
  lostEvents: 0,
  nodeStates: 0,
  agentEvents: 0,
  debugEvents: 0,
  withoutEvent: 0,
} as const;
