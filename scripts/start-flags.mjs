// Which flags of `npm start` are for the demo cluster and which for the gateway.

/**
 * Flags of the demo cluster, and whether they take a value. Its --listen, --log-level and TLS are not among them: here
 * they are the gateway's, and between the two nobody else listens.
 */
export const DEMO_FLAGS = {
  scenario: true,
  stage: true,
  nodes: true,
  rate: true,
  seed: true,
  file: true,
  speed: true,
  loop: false,
  'keep-times': false,
  'ring-capacity': true,
  'agents-listen-base': true,
};
/** What `npm start -- --help` adds to the help of the gateway. */
export const DEMO_HELP = `
Demo cluster, which npm start runs unless there is a --server:
  ${Object.keys(DEMO_FLAGS)
    .map((flag) => `--${flag}`)
    .join(' ')}
      As \`npm run demo-cluster -- --help\` explains them.
`;
const PRINT_FLAGS = ['help', 'version', 'print-config-table'];

/**
 * `demo` and `gateway` keep their order. `wantsDemo` is false when a server was named, by flag or variable, or when
 * the gateway is only asked to print something. A demo flag beside a server is a `problem`.
 */
export function splitFlags(argv, environment) {
  const demo = [];
  const gateway = [];
  for (let i = 0; i < argv.length; i++) {
    const name = /^--([a-z-]+)/.exec(argv[i])?.[1];
    if (!Object.hasOwn(DEMO_FLAGS, name)) {
      gateway.push(argv[i]);
      continue;
    }
    demo.push(argv[i]);
    if (DEMO_FLAGS[name] && !argv[i].includes('=') && i + 1 < argv.length) demo.push(argv[++i]);
  }
  const onlyPrints = gateway.some((flag) => PRINT_FLAGS.includes(flag.replace(/^--/, '')) || flag === '-h');
  const hasServer =
    gateway.some((flag) => flag === '--server' || flag.startsWith('--server=')) ||
    Boolean(environment.FINDERSCOPE_SERVER);
  const problem =
    hasServer && demo.length > 0
      ? `${demo[0].replace(/=.*/, '')} is a flag of the demo cluster, which does not run when a server is given`
      : undefined;
  const wantsHelp = gateway.some((flag) => flag === '--help' || flag === '-h');
  return { demo, gateway, onlyPrints, wantsHelp, wantsDemo: !hasServer && !onlyPrints, problem };
}
