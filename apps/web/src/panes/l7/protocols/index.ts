// The protocols that the pane shows, in its order. A new one is a file and a line here.

import type { L7Kind } from '../../../engine/protocol.ts';
import { DNS_VIEW } from './dns.tsx';
import { HTTP_VIEW } from './http.tsx';
import { KAFKA_VIEW } from './kafka.tsx';
import type { ProtocolView } from './protocol-view.ts';

const VIEWS = { http: HTTP_VIEW, dns: DNS_VIEW, kafka: KAFKA_VIEW } as const satisfies Record<
  L7Kind,
  ProtocolView
>;

export const PROTOCOL_VIEWS: readonly ProtocolView[] = Object.values(VIEWS);
