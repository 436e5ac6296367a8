export { type Command, readCommand } from './config/command.ts';
export type { GatewayConfig } from './config/config.ts';
export { renderConfigTable, renderHelp } from './config/help.ts';
export { type Gateway, type GatewayExtras, startGateway } from './gateway.ts';
export { createLogger, silentLogger } from './operations/logger.ts';
