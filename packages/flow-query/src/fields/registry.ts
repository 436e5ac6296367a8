// All fields, those wanted most often first: completion offers them in this order.

import { ALL_NAMESPACES_FIELD } from './all-namespaces.ts';
import { CEL_EXPRESSION_FIELD } from './cel-expression.ts';
import { CLUSTER_FIELD } from './cluster.ts';
import { DNS_QUERY_FIELD } from './dns-query.ts';
import { DROP_REASON_FIELD } from './drop-reason-desc.ts';
import type { FieldDef } from './field.ts';
import { FQDN_FIELD } from './fqdn.ts';
import {
  HTTP_HEADER_FIELD,
  HTTP_METHOD_FIELD,
  HTTP_PATH_FIELD,
  HTTP_STATUS_FIELD,
  HTTP_URL_FIELD,
} from './http.ts';
import { IDENTITY_FIELD } from './identity.ts';
import { IP_TRACE_ID_FIELD, TRACE_ID_FIELD, UUID_FIELD } from './ids.ts';
import { INTERFACE_FIELD } from './interface.ts';
import { IP_VERSION_FIELD } from './ip-version.ts';
import { IP_FIELD, SNAT_IP_FIELD } from './ip.ts';
import { LABEL_FIELD, NODE_LABEL_FIELD } from './label.ts';
import { NAMESPACE_FIELD } from './namespace.ts';
import { NODE_NAME_FIELD } from './node-name.ts';
import { POD_FIELD, SERVICE_FIELD } from './pod.ts';
import { PORT_FIELD } from './port.ts';
import { PROTOCOL_FIELD } from './protocol.ts';
import { RAW_FILTER_FIELD } from './raw-filter.ts';
import { TCP_FLAGS_FIELD } from './tcp-flags.ts';
import { TRAFFIC_DIRECTION_FIELD } from './traffic-direction.ts';
import { TYPE_FIELD } from './type.ts';
import { VERDICT_FIELD } from './verdict.ts';
import { WORKLOAD_FIELD } from './workload.ts';
import { ENCRYPTED_FIELD, REPLY_FIELD } from './yes-no.ts';

export const FIELDS: readonly FieldDef[] = [
  NAMESPACE_FIELD,
  POD_FIELD,
  VERDICT_FIELD,
  IP_FIELD,
  PORT_FIELD,
  PROTOCOL_FIELD,
  LABEL_FIELD,
  WORKLOAD_FIELD,
  IDENTITY_FIELD,
  SERVICE_FIELD,
  FQDN_FIELD,
  TYPE_FIELD,
  DROP_REASON_FIELD,
  HTTP_STATUS_FIELD,
  HTTP_METHOD_FIELD,
  HTTP_PATH_FIELD,
  HTTP_URL_FIELD,
  HTTP_HEADER_FIELD,
  DNS_QUERY_FIELD,
  TCP_FLAGS_FIELD,
  TRAFFIC_DIRECTION_FIELD,
  REPLY_FIELD,
  NODE_NAME_FIELD,
  NODE_LABEL_FIELD,
  CLUSTER_FIELD,
  INTERFACE_FIELD,
  TRACE_ID_FIELD,
  UUID_FIELD,
  IP_VERSION_FIELD,
  SNAT_IP_FIELD,
  ENCRYPTED_FIELD,
  IP_TRACE_ID_FIELD,
  ALL_NAMESPACES_FIELD,
  CEL_EXPRESSION_FIELD,
  RAW_FILTER_FIELD,
];
