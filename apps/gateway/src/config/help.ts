// Texts made from the option table: --help and the configuration table of the README.

import { environmentName, OPTIONS, type OptionDef } from './options.ts';

/** What --help prints, with a closing newline. */
export function renderHelp(): string {
  const options: readonly OptionDef[] = OPTIONS;
  const lines = [
    'Finderscope gateway: serves the page and passes gRPC-web and gRPC calls on to Hubble Relay.',
    '',
    'Each option can also be set as an environment variable: --tls-server-name is FINDERSCOPE_TLS_SERVER_NAME.',
    'A flag wins over its variable.',
  ];
  let group = '';
  for (const option of options) {
    if (option.group !== group) lines.push('', `${option.group}:`);
    group = option.group;
    lines.push(`  --${option.flag}${option.placeholder === '' ? '' : ` ${option.placeholder}`}`);
    const fallback = option.default === '' || option.kind === 'switch' ? '' : ` (default ${option.default})`;
    lines.push(`      ${option.doc}${fallback}`);
  }
  lines.push('', 'Other:', '  --help', '      This text.', '  --version', '      The version.');
  lines.push('  --print-config-table', '      These options as a Markdown table.', '');
  return lines.join('\n');
}

/** The options as a Markdown table, with a closing newline. The README holds exactly this text. */
export function renderConfigTable(): string {
  const options: readonly OptionDef[] = OPTIONS;
  const rows = options.map((option) => {
    const flag = `\`--${option.flag}${option.placeholder === '' ? '' : ` ${option.placeholder}`}\``;
    const fallback = option.default === '' ? '' : `\`${option.default}\``;
    return `| ${flag} | \`${environmentName(option.flag)}\` | ${fallback} | ${option.doc} |`;
  });
  return ['| flag | environment variable | default | what it does |', '|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}
