// The questions to the server as TanStack queries. The components name what they need; this file says how often it is
// asked again. Nothing is asked while the tab is hidden.

import { defined } from '@finderscope/base';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import { demo, type GetNodesResponse, Observer, type ServerStatusResponse } from '@finderscope/hubble-api';
import {
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, use } from 'react';
import { callUnary } from './call-unary.ts';
import { fetchConfig, NO_CONFIG, type ServerConfig } from './config.ts';

const STATUS_EVERY_MS = 5_000;
const NODES_EVERY_MS = 10_000;
const NAMESPACES_EVERY_MS = 30_000;
const SCENARIO_EVERY_MS = 2_000;

/** The page's base URL without slash at its end; the shell provides it. */
export const BaseUrlContext = createContext<string | undefined>(undefined);

function useBaseUrl(): string {
  return defined(use(BaseUrlContext), 'BaseUrlContext');
}

/** One per page. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < 2 && isPassing(error), refetchOnWindowFocus: true },
    },
  });
}

/** Worth another try: the call may succeed when the network or the server is back. */
function isPassing(error: unknown): boolean {
  return error instanceof GrpcError && error.code === GrpcCode.UNAVAILABLE;
}

function isUnimplemented(error: unknown): boolean {
  return error instanceof GrpcError && error.code === GrpcCode.UNIMPLEMENTED;
}

export function useServerStatus(): UseQueryResult<ServerStatusResponse> {
  const baseUrl = useBaseUrl();
  return useQuery({
    queryKey: ['server-status', baseUrl],
    queryFn: () => callUnary(baseUrl, Observer.method.serverStatus, {}),
    refetchInterval: STATUS_EVERY_MS,
  });
}

export function useNodes(): UseQueryResult<GetNodesResponse> {
  const baseUrl = useBaseUrl();
  return useQuery({
    queryKey: ['nodes', baseUrl],
    queryFn: () => callUnary(baseUrl, Observer.method.getNodes, {}),
    refetchInterval: (query) => (isUnimplemented(query.state.error) ? false : NODES_EVERY_MS),
  });
}

/**
 * Names of namespaces that the server has seen flows of, for completion; asked for once they are wanted. Empty where the
 * server does not tell.
 */
export function useNamespaces(wanted: boolean): readonly string[] {
  const baseUrl = useBaseUrl();
  const { data } = useQuery({
    queryKey: ['namespaces', baseUrl],
    enabled: wanted,
    queryFn: () => callUnary(baseUrl, Observer.method.getNamespaces, {}),
    refetchInterval: (query) => (isUnimplemented(query.state.error) ? false : NAMESPACES_EVERY_MS),
  });
  return data === undefined ? NO_NAMES : namesOf(data.namespaces);
}

const NO_NAMES: readonly string[] = [];

/** One name in several clusters is one value of the filter. */
function namesOf(namespaces: readonly { readonly namespace: string }[]): readonly string[] {
  return [...new Set(namespaces.map(({ namespace }) => namespace))].filter((name) => name !== '').toSorted();
}

/** What the gateway says about itself; all undefined where something else stands in its place. */
export function useServerConfig(): ServerConfig {
  const baseUrl = useBaseUrl();
  const { data } = useQuery({
    queryKey: ['config', baseUrl],
    queryFn: ({ signal }) => fetchConfig(baseUrl, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NO_CONFIG;
}

/** The demo cluster's scenario, or undefined when the source is a real cluster. */
export function useScenario(): demo.Scenario | undefined {
  const baseUrl = useBaseUrl();
  const { data } = useQuery({
    queryKey: ['scenario', baseUrl],
    queryFn: () => callUnary(baseUrl, demo.DemoService.method.getScenario, {}),
    // A server that does not know the service will not learn it; one that cannot be reached is asked again.
    refetchInterval: (query) => (isUnimplemented(query.state.error) ? false : SCENARIO_EVERY_MS),
  });
  return data?.scenario;
}

/** Holds a stage of the demo cluster; '' lets the stages follow one another again. */
export function useSetStage(): UseMutationResult<demo.SetStageResponse, Error, string> {
  const baseUrl = useBaseUrl();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (stageId: string) => callUnary(baseUrl, demo.DemoService.method.setStage, { stageId }),
    onSuccess: (response) => {
      queries.setQueryData(['scenario', baseUrl], (old: demo.GetScenarioResponse | undefined) =>
        old === undefined || response.scenario === undefined ? old : { ...old, scenario: response.scenario },
      );
    },
  });
}
