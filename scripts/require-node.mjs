// Imported first by every command: says in one line that this Node is too old, before anything else can fail.
// Written in syntax that any Node with modules can read.

const wanted = [20, 19];
const found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  process.stderr.write(
    'Finderscope needs Node ' + wanted.join('.') + ' or newer to start; this is ' + process.version + '.\n',
  );
  process.exit(1);
}
