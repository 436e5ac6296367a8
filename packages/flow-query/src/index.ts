// What other packages may use of the query language, the filters and the texts.

// filter/
export { compileFilters, type FlowPredicate } from './filter/compile.ts';
export { FILTER_RULES } from './filter/rules.ts';
export { partReader } from './filter/parts.ts';
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
  expressionsLoaded,
  fetchExpressionsWith,
  whenExpressionsLoaded,
} from './filter/expression-engine.ts';
export { requestPath } from './filter/request-uri.ts';

// text/
export { agentEventName, agentEventSubjects, agentEventText } from './text/agent-event.ts';
export type { CompactFlowInput, CompactOptions } from './text/compact-flow.ts';
export { compactLine } from './text/compact-line.ts';
export { trafficDirectionName } from './text/direction.ts';
export { dnsRcodeName, dnsRcodeOf, dnsRcodeText } from './text/dns-rcode.ts';
export { dnsRcodeExpression, dnsRcodeOfExpression } from './filter/dns-rcode-expression.ts';
export { DROP_REASONS, dropReasonName, dropReasonText, type DropReasonInfo } from './text/drop-reason.ts';
export { enumName, enumNumber } from './text/enum-name.ts';
export {
  EVENT_TYPE_CAPTURE,
  EVENT_TYPE_DROP,
  EVENT_TYPE_L7,
  EVENT_TYPE_POLICY_VERDICT,
  EVENT_TYPE_TRACE,
  EVENT_TYPE_TRACE_SOCK,
  eventTypeName,
} from './text/event-type.ts';
export { flowTypeText, type FlowTypeInput, type L7TypeInput } from './text/flow-type.ts';
export type { HostInput } from './text/host.ts';
export { identityName } from './text/identity.ts';
export { fromJsonLine, recordToJson, toJsonpb, type JsonRecord } from './text/json-line.ts';
export type { ReadMessage } from './text/json-read.ts';
export { policyMatchTypeName } from './text/policy-match.ts';
export { summaryText, type SummaryInput } from './text/summary.ts';
export { countUnknownFields, leftOutText } from './text/unknown-fields.ts';
export { TCP_FLAG_NAMES, tcpFlagsText } from './text/tcp-flags.ts';
export { TIME_FORMATS, timestampJson, type Moment, type TimeFormat } from './text/time.ts';
export { tracePointName } from './text/trace-point.ts';
export { verdictName, type PolicyName, type VerdictInput } from './text/verdict.ts';

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
export { fieldByName, type KeyDef, keyByName, type KeySide } from './fields/key.ts';
export { FIELDS } from './fields/registry.ts';

// language/
export { compileFilterText, type FilterLists } from './language/compile.ts';
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
export { commandToQuery, type Notice, type PastedCommand } from './cli/command-to-query.ts';
export { isCommand } from './cli/is-command.ts';
export { parseCliTime, parseGoDuration } from './cli/parse-time.ts';
export { type CopyOptions, queryToCommand } from './cli/query-to-command.ts';
export { queryToRawFilters, queryToRawFiltersJson } from './cli/raw-filters.ts';
