export {
  BaseUrlContext,
  createQueryClient,
  useNamespaces,
  useNodes,
  useScenario,
  useServerConfig,
  useServerStatus,
  useSetStage,
} from './queries.ts';
export type { QuickFilter, ServerConfig } from './config.ts';
