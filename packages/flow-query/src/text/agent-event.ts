// What an agent says of itself (a policy came, an endpoint was made anew, an address got an identity) as the CLI's
// compact line puts it, and in the few letters that fit beside a mark.

import { type AgentEvent, AgentEventType, AgentEventTypeSchema } from '@finderscope/hubble-api';
import { enumName } from './enum-name.ts';
import { escapeControls } from './terminal.ts';
import { formatTime, type TimeFormat } from './time.ts';

/** `POLICY_UPDATED`, or the number of a kind that this build does not know. */
export function agentEventName(type: number): string {
  return enumName(AgentEventTypeSchema, type);
}

/** `TYPE (DETAILS)`, the CLI's line without its time and node. */
export function agentEventText(event: AgentEvent, timeFormat?: TimeFormat): string {
  return escapeControls(`${agentEventName(event.type)} (${detailsOf(event, timeFormat)})`);
}

/** What it is about: names of policies, a pod, an endpoint, an address; none where it does not say. */
export function agentEventSubjects({ notification: { case: kind, value } }: AgentEvent): readonly string[] {
  switch (kind) {
    case 'policyUpdate':
      return policyNamesOf(value.labels);
    case 'endpointUpdate':
      if (value.podName !== '') return [`${value.namespace}/${value.podName}`];
      return [`endpoint ${value.id}`];
    case 'endpointRegenerate':
      return [`endpoint ${value.id}`];
    case 'ipcacheUpdate':
      return value.cidr === '' ? [] : [value.cidr];
    default:
      return [];
  }
}

const POLICY_NAME = /^[^:=]*:?io\.cilium\.k8s\.policy\.name=(.+)$/;

/** Cilium puts the name of the object that a rule comes from among the labels of the rule. */
function policyNamesOf(labels: readonly string[]): readonly string[] {
  return [...new Set(labels.flatMap((label) => POLICY_NAME.exec(label)?.[1] ?? []))];
}

/** As `printer` of the CLI does: kind and content have to agree, else it says UNKNOWN. */
function detailsOf({ type, notification }: AgentEvent, timeFormat: TimeFormat | undefined): string {
  const { case: kind, value } = notification;
  switch (type) {
    case AgentEventType.AGENT_EVENT_UNKNOWN:
      if (kind === 'unknown') return `type: ${value.type}, notification: ${value.notification}`;
      break;
    case AgentEventType.AGENT_STARTED:
      if (kind === 'agentStart') return `start time: ${formatTime(value.time, timeFormat)}`;
      break;
    case AgentEventType.POLICY_UPDATED:
    case AgentEventType.POLICY_DELETED:
      if (kind === 'policyUpdate')
        return `labels: ${list(value.labels)}, revision: ${value.revision}, count: ${value.ruleCount}`;
      break;
    case AgentEventType.ENDPOINT_REGENERATE_SUCCESS:
    case AgentEventType.ENDPOINT_REGENERATE_FAILURE:
      if (kind === 'endpointRegenerate')
        return `id: ${value.id}, labels: ${list(value.labels)}${part('error', value.error)}`;
      break;
    case AgentEventType.ENDPOINT_CREATED:
    case AgentEventType.ENDPOINT_DELETED:
      if (kind === 'endpointUpdate')
        return `id: ${value.id}${part('namespace', value.namespace)}${part('pod name', value.podName)}`;
      break;
    case AgentEventType.IPCACHE_UPSERTED:
    case AgentEventType.IPCACHE_DELETED:
      if (kind !== 'ipcacheUpdate') break;
      return [
        `cidr: ${value.cidr}, identity: ${value.identity}`,
        value.oldIdentity === undefined ? '' : `, old identity: ${value.oldIdentity}`,
        part('host ip', value.hostIp),
        part('old host ip', value.oldHostIp),
        value.encryptKey === 0 ? '' : `, encrypt key: ${value.encryptKey}`,
      ].join('');
    default:
      // Services are deprecated, and the CLI never had words for them.
      break;
  }
  return 'UNKNOWN';
}

function list(labels: readonly string[]): string {
  return `[${labels.join(',')}]`;
}

function part(name: string, value: string): string {
  return value === '' ? '' : `, ${name}: ${value}`;
}
