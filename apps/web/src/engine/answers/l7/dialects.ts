// The L7 protocols that calls are told of. A new one is a file and a line here.

import type { L7Kind } from '../../protocol.ts';
import type { Dialect } from './dialect.ts';
import { DNS } from './dns.ts';
import { HTTP } from './http.ts';
import { KAFKA } from './kafka.ts';

export const DIALECTS = { http: HTTP, dns: DNS, kafka: KAFKA } as const satisfies Record<L7Kind, Dialect>;
