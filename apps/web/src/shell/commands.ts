// The table of commands. Shortcuts, the help dialog and the command palette derive from it; a new command is one row
// here and, where the page runs it, one handler in use-handlers.ts, which does not compile without it.

export const COMMAND_GROUPS = ['Move', 'Filter', 'View'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

type CommandRow = {
  readonly id: string;
  /** What it does, in the words of the help. */
  readonly title: string;
  readonly group: CommandGroup;
  /**
   * Keys as in KeyboardEvent.key, `Space`, or with `mod+` for Ctrl, on a Mac Command. None: palette only.
   * All of them do the same, but for `pane` rows, which may name a pair.
   */
  readonly keys: readonly string[];
  /** `page`: the shell runs it. `pane`: the pane in focus does, and the row is here for the help. */
  readonly where: 'page' | 'pane';
};

export const COMMANDS = [
  { id: 'move-row', title: 'row', group: 'Move', keys: ['ArrowUp', 'ArrowDown'], where: 'pane' },
  { id: 'next-drop', title: 'next drop', group: 'Move', keys: ['n'], where: 'page' },
  { id: 'previous-drop', title: 'previous drop', group: 'Move', keys: ['p'], where: 'page' },
  { id: 'open-flow', title: 'open flow', group: 'Move', keys: ['Enter'], where: 'page' },
  { id: 'close', title: 'close the flow panel', group: 'Move', keys: ['Escape'], where: 'page' },
  { id: 'focus-filter', title: 'filter bar', group: 'Filter', keys: ['/'], where: 'page' },
  { id: 'include-value', title: 'filter by the focused value', group: 'Filter', keys: ['f'], where: 'page' },
  { id: 'exclude-value', title: 'exclude it', group: 'Filter', keys: ['x'], where: 'page' },
  { id: 'drops-only', title: 'drops only, or all again', group: 'Filter', keys: ['d'], where: 'page' },
  { id: 'clear-filter', title: 'remove all filters', group: 'Filter', keys: [], where: 'page' },
  { id: 'toggle-pause', title: 'pause or go live', group: 'View', keys: ['Space'], where: 'page' },
  { id: 'find', title: 'find in the rows held', group: 'View', keys: ['mod+f'], where: 'page' },
  { id: 'toggle-group', title: 'group identical flows', group: 'View', keys: ['g'], where: 'page' },
  { id: 'toggle-rail', title: 'facets', group: 'View', keys: ['['], where: 'page' },
  { id: 'toggle-guide', title: 'guide of the demo cluster’s lab', group: 'View', keys: [], where: 'page' },
  { id: 'fill-pane', title: 'one pane fills all', group: 'View', keys: ['z'], where: 'page' },
  {
    id: 'toggle-beside',
    title: 'panes side by side, or one below the other',
    group: 'View',
    keys: ['b'],
    where: 'page',
  },
  { id: 'whole-time', title: 'all the time that is held', group: 'View', keys: [], where: 'page' },
  { id: 'open-view', title: 'saved view', group: 'View', keys: ['Alt+1'], where: 'pane' },
  {
    id: 'copy-link',
    title: 'copy link, with the selected flow inside',
    group: 'View',
    keys: ['y'],
    where: 'page',
  },
  { id: 'toggle-time', title: 'absolute or relative times', group: 'View', keys: ['t'], where: 'page' },
  { id: 'toggle-zone', title: 'UTC or local time', group: 'View', keys: [], where: 'page' },
  { id: 'toggle-density', title: 'normal or compact rows', group: 'View', keys: [], where: 'page' },
  { id: 'toggle-theme', title: 'dark or light', group: 'View', keys: [], where: 'page' },
  { id: 'open-file', title: 'open a file', group: 'View', keys: ['o'], where: 'page' },
  { id: 'leave-file', title: 'leave the file for the live stream', group: 'View', keys: [], where: 'page' },
  { id: 'retry', title: 'connect now', group: 'View', keys: [], where: 'page' },
  { id: 'open-palette', title: 'commands', group: 'View', keys: ['mod+k'], where: 'page' },
  { id: 'open-help', title: 'keyboard help', group: 'View', keys: ['?'], where: 'page' },
] as const satisfies readonly CommandRow[];

export type Command = (typeof COMMANDS)[number];
export type PageCommand = Extract<Command, { readonly where: 'page' }>;
export type PageCommandId = PageCommand['id'];

/** What the shell does for each command of the page. */
export type CommandHandlers = Readonly<Record<PageCommandId, () => void>>;

export function isPageCommand(command: Command): command is PageCommand {
  return command.where === 'page';
}
