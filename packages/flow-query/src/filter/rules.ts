// The list of rules: one for each field of FlowFilter, in the order in which Hubble builds them, since the first rule
// that refuses gives the error.

import { CEL_RULE } from './cel-rule.ts';
import { CLUSTER_RULES } from './cluster.ts';
import { DROP_REASON_RULE } from './drop-reason.ts';
import { EVENT_TYPE_RULE } from './event-type.ts';
import { FQDN_RULES } from './fqdn.ts';
import { HTTP_RULES } from './http.ts';
import { IDENTITY_RULES } from './identity.ts';
import { INTERFACE_RULE } from './interface.ts';
import { IP_RULES } from './ip.ts';
import { LABEL_RULES } from './labels.ts';
import {
  ENCRYPTED_RULE,
  IP_TRACE_ID_RULE,
  IP_VERSION_RULE,
  TRACE_ID_RULE,
  TRAFFIC_DIRECTION_RULE,
  UUID_RULE,
  VERDICT_RULE,
} from './listed.ts';
import { POD_RULES, SERVICE_RULES } from './name-prefix.ts';
import { NODE_NAME_RULE } from './node-name.ts';
import { PORT_RULES } from './port.ts';
import { PROTOCOL_RULE } from './protocol.ts';
import { REPLY_RULE } from './reply.ts';
import type { FilterRule } from './rule.ts';
import { TCP_FLAGS_RULE } from './tcp-flags.ts';
import { WORKLOAD_RULES } from './workload.ts';

export const FILTER_RULES: readonly FilterRule[] = [
  UUID_RULE,
  EVENT_TYPE_RULE,
  VERDICT_RULE,
  DROP_REASON_RULE,
  REPLY_RULE,
  ENCRYPTED_RULE,
  ...IDENTITY_RULES,
  PROTOCOL_RULE,
  ...IP_RULES,
  ...POD_RULES,
  ...WORKLOAD_RULES,
  ...SERVICE_RULES,
  ...FQDN_RULES,
  ...LABEL_RULES,
  ...PORT_RULES,
  ...HTTP_RULES,
  TCP_FLAGS_RULE,
  NODE_NAME_RULE,
  ...CLUSTER_RULES,
  IP_VERSION_RULE,
  TRACE_ID_RULE,
  TRAFFIC_DIRECTION_RULE,
  CEL_RULE,
  INTERFACE_RULE,
  IP_TRACE_ID_RULE,
];
