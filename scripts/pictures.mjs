// npm run pictures: takes the pictures of README and docs anew, by walking through the labs as the end-to-end tests do.
// FINDERSCOPE_PICTURES names another folder than docs/images.

process.env.FINDERSCOPE_PICTURES ??= 'docs/images';
process.argv.splice(2, process.argv.length, '--only', 'build,e2e', '--', 'lab-');
await import('./test.mjs');
