// What other packages may use of the query language, the filters and the texts.

// filter/
export { compileFilter, compileFilters, type FlowPredicate } from './filter/compile.ts';
export { FILTER_RULES } from './filter/rules.ts';
export { partReader, tcpFlagBits } from './filter/parts.ts';
export type {
  EndpointPart,
  FilterFieldName,
  FilterRule,
  FlowParts,
  PartName,
  PartRef,
  PartTest,
  Side,
  SidedPart,
} from './filter/rule.ts';
export {
  compileCel,
  compileRegex,
  expressionsLoaded,
  fetchExpressionsWith,
  whenExpressionsLoaded,
} from './filter/expression-engine.ts';
export { compileFqdn } from './filter/fqdn.ts';
export { compileHttpMethod, compileHttpStatus } from './filter/http.ts';
export { compileIp } from './filter/ip.ts';
export { compileLabelSelector } from './filter/labels.ts';
export { compileNamePrefix } from './filter/name-prefix.ts';
export { compileNodeName } from './filter/node-name.ts';
export { compilePort } from './filter/port.ts';
export { compileProtocol, PROTOCOL_NAMES } from './filter/protocol.ts';
export { requestPath } from './filter/request-uri.ts';

// text/
export { agentEventName, agentEventSubjects, agentEventText } from './text/agent-event.ts';
export {
  compactFlowInput,
  compactFlowText,
  decidingPolicies,
  type CompactFlowInput,
  type CompactOptions,
} from './text/compact-flow.ts';
export { compactLine, lostEventsText, nodeNamesText, nodeStatusText } from './text/compact-line.ts';
export { TRAFFIC_DIRECTION_NAMES, trafficDirectionName } from './text/direction.ts';
export { dnsRcodeName, dnsRcodeOf, dnsRcodeText } from './text/dns-rcode.ts';
export { dnsRcodeExpression, dnsRcodeOfExpression } from './filter/dns-rcode-expression.ts';
export {
  DROP_REASON_TEXTS,
  DROP_REASONS,
  dropReasonName,
  dropReasonText,
  type DropReasonInfo,
} from './text/drop-reason.ts';
export { enumName, enumNames, enumNumber } from './text/enum-name.ts';
export {
  EVENT_TYPE_AGENT,
  EVENT_TYPE_CAPTURE,
  EVENT_TYPE_DEBUG,
  EVENT_TYPE_DROP,
  EVENT_TYPE_L7,
  EVENT_TYPE_NAMES,
  EVENT_TYPE_POLICY_VERDICT,
  EVENT_TYPE_RECORDER,
  EVENT_TYPE_TRACE,
  EVENT_TYPE_TRACE_SOCK,
  eventTypeName,
} from './text/event-type.ts';
export { flowTypeInput, flowTypeText, type FlowTypeInput, type L7TypeInput } from './text/flow-type.ts';
export { hostInput, hostText, type HostInput } from './text/host.ts';
export { IDENTITY_BY_NAME, IDENTITY_NAMES, identityName, identityText } from './text/identity.ts';
export { fromJsonLine, recordToJson, toJsonpb, type JsonRecord } from './text/json-line.ts';
export { messageFromJson, type ReadMessage } from './text/json-read.ts';
export { jsonString, messageToJson } from './text/json-write.ts';
export { POLICY_MATCH_TYPE_NAMES, policyMatchTypeName } from './text/policy-match.ts';
export { summaryText, type SummaryInput } from './text/summary.ts';
export { countUnknownFields, leftOutText } from './text/unknown-fields.ts';
export { TCP_FLAG_NAMES, tcpFlagsText } from './text/tcp-flags.ts';
export {
  formatTime,
  parseTimestamp,
  TIME_FORMATS,
  timestampJson,
  type Moment,
  type TimeFormat,
} from './text/time.ts';
export { capturePointName, socketPointName, TRACE_POINT_NAMES, tracePointName } from './text/trace-point.ts';
export {
  policyNamesText,
  VERDICT_NAMES,
  verdictName,
  verdictText,
  type PolicyName,
  type VerdictInput,
} from './text/verdict.ts';

// advice/
export { type DropAdvice, dropAdvice, type DropCause } from './advice/drop-advice.ts';

// redact/
export {
  MASK_KINDS,
  type MaskCounts,
  maskedIn,
  maskedText,
  maskInPlace,
  type MaskKind,
  maskResponse,
} from './redact/mask-flow.ts';

// fields/
export type { FieldDef, FieldEffect, FieldSides, FlagSwitch } from './fields/field.ts';
export { filterFromJson, filterToJson } from './fields/filter-json.ts';
export { fieldByName, type KeyDef, keyByName, KEYS, type KeySide } from './fields/key.ts';
export { FIELDS } from './fields/registry.ts';

// language/
export { compileFilterText, type FilterLists, queryToFilters } from './language/compile.ts';
export { completeQuery, type Completion, type KeySuggestion } from './language/complete.ts';
export {
  excludeValue,
  includeValue,
  removeKeys,
  removeToken,
  removeValue,
  type ValueState,
  valueState,
} from './language/edit.ts';
export { formatQuery } from './language/format.ts';
export { parseQuery } from './language/parse.ts';
export type {
  BrokenNode,
  GroupNode,
  ItemNode,
  Problem,
  ProblemCode,
  Query,
  Span,
  TokenNode,
  ValueNode,
} from './language/query.ts';
export { quoteValue } from './language/quote.ts';
export { queryTokens, type Token } from './language/tokens.ts';

// cli/
export type { CommandOptions } from './cli/command-options.ts';
export { commandToQuery, isCommand, type Notice, type PastedCommand } from './cli/command-to-query.ts';
export { parseCliTime } from './cli/parse-time.ts';
export { type CopyOptions, queryToCommand } from './cli/query-to-command.ts';
export { queryToRawFilters, queryToRawFiltersJson } from './cli/raw-filters.ts';
