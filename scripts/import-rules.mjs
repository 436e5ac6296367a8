// Who may import whom. The check (check-imports.mjs) reads nothing else; docs/architecture.md draws it.

/** Workspaces, by folder: what each may import of the others. Nothing else is allowed. */
export const WORKSPACES = {
  'packages/base': [],
  'packages/grpc-wire': ['packages/base'],
  'packages/hubble-api': ['packages/base'],
  'packages/flow-query': ['packages/base', 'packages/hubble-api'],
  'packages/policy': ['packages/base', 'packages/hubble-api'],
  'packages/flow-store': [
    'packages/base',
    'packages/grpc-wire',
    'packages/hubble-api',
    'packages/flow-query',
  ],
  'apps/gateway': ['packages/base', 'packages/grpc-wire', 'packages/hubble-api', 'packages/flow-query'],
  'apps/demo-cluster': [
    'packages/base',
    'packages/grpc-wire',
    'packages/hubble-api',
    'packages/flow-query',
    'packages/policy',
  ],
  'apps/web': [
    'packages/base',
    'packages/grpc-wire',
    'packages/hubble-api',
    'packages/flow-query',
    'packages/policy',
    'packages/flow-store',
  ],
  e2e: [
    'packages/base',
    'packages/grpc-wire',
    'packages/hubble-api',
    'packages/flow-query',
    'apps/gateway',
    'apps/demo-cluster',
  ],
  bench: [
    'packages/base',
    'packages/grpc-wire',
    'packages/hubble-api',
    'packages/flow-query',
    'packages/flow-store',
    'apps/gateway',
    'apps/demo-cluster',
    'apps/web',
  ],
};

/** In apps/web: what any pane may lean on. */
const BELOW_PANES = [
  'settings',
  'loading',
  'view-state',
  'engine',
  'engine/protocol.ts',
  'explain',
  'server',
  'widgets',
];

/** Workspaces that run in a browser: outside tests they import nothing of Node. */
export const BROWSER = [
  'packages/base',
  'packages/grpc-wire',
  'packages/hubble-api',
  'packages/flow-query',
  'packages/policy',
  'packages/flow-store',
  'apps/web',
];

/**
 * Folders inside a workspace, by longest match: what each may import of the others. A folder may always import itself.
 * `*` stands for one name, and two names under it are two folders: panes do not import each other. A file that is in
 * none of the folders may import all of them.
 */
export const LAYERS = {
  'apps/web/src': {
    styles: [],
    settings: [],
    // When code comes that the page does not start with.
    loading: [],
    // The words that page and worker share: types only.
    'engine/counts.ts': [],
    'engine/calls.ts': ['engine/counts.ts'],
    'engine/coverage.ts': ['engine/counts.ts'],
    'engine/protocol.ts': ['engine/counts.ts', 'engine/calls.ts', 'engine/coverage.ts'],
    engine: ['loading', 'engine/protocol.ts', 'engine/counts.ts', 'engine/calls.ts', 'engine/coverage.ts'],
    'view-state': ['settings', 'engine/protocol.ts'],
    server: ['engine/protocol.ts'],
    widgets: ['settings', 'loading', 'styles'],
    'filter-bar': [
      'settings',
      'loading',
      'view-state',
      'engine',
      'engine/protocol.ts',
      'server',
      'widgets',
      'panes',
      'share',
    ],
    rail: ['settings', 'view-state', 'engine/protocol.ts', 'widgets', 'filter-bar', 'panes'],
    'saved-views': ['settings', 'view-state', 'server', 'widgets'],
    // What a flow means, in words.
    explain: ['engine/protocol.ts'],
    // What can be handed on: links, commands, texts.
    share: ['settings', 'view-state', 'engine/protocol.ts', 'explain', 'server', 'widgets', 'panes'],
    guide: ['settings', 'view-state', 'server', 'widgets'],
    // Files beside the panes: what panes share, their contract with the shell above all. The list of panes is the
    // shell's to read.
    panes: BELOW_PANES,
    'panes/registry.ts': ['panes', 'panes/*'],
    'panes/*': [...BELOW_PANES, 'filter-bar', 'share', 'panes'],
    shell: [
      'settings',
      'loading',
      'view-state',
      'engine',
      'engine/protocol.ts',
      'server',
      'widgets',
      'filter-bar',
      'rail',
      'saved-views',
      'share',
      'guide',
      'styles',
      'panes',
      'panes/registry.ts',
      'panes/*',
    ],
  },
};
