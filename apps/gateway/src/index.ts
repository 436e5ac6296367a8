export { type Command, readCommand } from './config/command.ts';
export type { GatewayConfig } from './config/config.ts';
export { type Gateway, type GatewayExtras, startGateway } from './gateway.ts';
export { silentLogger } from './operations/logger.ts';
