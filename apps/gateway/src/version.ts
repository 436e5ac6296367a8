// The version, from package.json: one place for the user agent, --version and the page.

import packageJson from '../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
