// The CLI's default line for every kind of response to GetFlows: flows and lost events as on its standard output, node
// status as on its standard error.

import {
  LostEventSourceSchema,
  NodeState,
  type GetFlowsResponse,
  type LostEvent,
  type NodeStatusEvent,
} from '@finderscope/hubble-api';
import { goQuote } from '../filter/go-text.ts';
import { compactFlowInput, compactFlowText, type CompactOptions } from './compact-flow.ts';
import { enumName } from './enum-name.ts';
import { escapeControls } from './terminal.ts';
import { formatTime, type Moment } from './time.ts';

/** Names beyond about this many characters are counted instead of listed. */
const NODE_NAMES_LENGTH = 50;

const encoder = new TextEncoder();

/** `a, b (and 3 more)`: at least one name, then as many as fit. */
export function nodeNamesText(names: readonly string[]): string {
  let length = 0;
  let shown = 0;
  for (const name of names) {
    length += encoder.encode(name).length + 2;
    if (length > NODE_NAMES_LENGTH && shown > 0) break;
    shown++;
  }
  const omitted = names.length - shown;
  const list = names.slice(0, shown).join(', ');
  return omitted === 0 ? list : `${list} (and ${omitted} more)`;
}

/** `TIME EVENTS LOST: SOURCE CPU(n) COUNT`, with the span of the loss when both its ends are known. */
export function lostEventsText(
  lost: LostEvent,
  time: Moment | undefined,
  options: CompactOptions = {},
): string {
  const format = options.timeFormat;
  const span =
    lost.first && lost.last
      ? ` (first: ${formatTime(lost.first, format)}, last: ${formatTime(lost.last, format)})`
      : '';
  const source = enumName(LostEventSourceSchema, lost.source);
  return `${formatTime(time, format)} EVENTS LOST: ${source} CPU(${lost.cpu ?? 0}) ${lost.numEventsLost}${span}`;
}

function nodeStateText(status: NodeStatusEvent): string {
  const count = status.nodeNames.length;
  const names = nodeNamesText(status.nodeNames);
  switch (status.stateChange) {
    case NodeState.NODE_CONNECTED:
      return `Receiving flows from ${count} nodes: ${names}`;
    case NodeState.NODE_UNAVAILABLE:
      return `${count} nodes are unavailable: ${names}`;
    case NodeState.NODE_GONE:
      return `${count} nodes removed from cluster: ${names}`;
    case NodeState.NODE_ERROR:
      return `Error ${goQuote(status.message)} on ${count} nodes: ${names}`;
    default:
      // The CLI dumps the message in a form that its library promises to vary; only the beginning is fixed.
      return `unknown node status event: ${names}`;
  }
}

/** `TIME [RELAY]: 2 nodes are unavailable: a, b`. The CLI shows arriving and leaving nodes with --debug only. */
export function nodeStatusText(
  status: NodeStatusEvent,
  time: Moment | undefined,
  nodeName: string,
  options: CompactOptions = {},
): string {
  return `${formatTime(time, options.timeFormat)} [${nodeName}]: ${nodeStateText(status)}`;
}

/** One line without line break; '' for a response that holds nothing. */
export function compactLine(response: GetFlowsResponse, options: CompactOptions = {}): string {
  const { responseTypes, time, nodeName } = response;
  switch (responseTypes.case) {
    case 'flow':
      return compactFlowText(compactFlowInput(responseTypes.value), options);
    case 'lostEvents':
      return escapeControls(lostEventsText(responseTypes.value, time, options));
    case 'nodeStatus':
      return escapeControls(nodeStatusText(responseTypes.value, time, nodeName, options));
    default:
      return '';
  }
}
