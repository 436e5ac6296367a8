// Filters on events that are not flows. A filter that looks at a flow never matches them; one on the event type may.

import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { reflect } from '@bufbuild/protobuf/reflect';

export type NonFlowEvent = { readonly type: number; readonly subType: number };

/** The fields of a FlowFilter are ANDed, so one that only flows can match rules the event out. */
export function matchesNonFlow(filter: FlowFilter, event: NonFlowEvent): boolean {
  const view = reflect(FlowFilterSchema, filter);
  return view.fields.every((field) => {
    if (!view.isSet(field)) return true;
    if (field.name !== 'event_type') return field.name === 'experimental' && isEmptyExperimental(filter);
    return filter.eventType.some(
      (wanted) =>
        (wanted.type === 0 || wanted.type === event.type) &&
        (!wanted.matchSubType || wanted.subType === event.subType),
    );
  });
}

function isEmptyExperimental(filter: FlowFilter): boolean {
  return (filter.experimental?.celExpression.length ?? 0) === 0;
}
