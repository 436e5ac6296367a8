import { describe, expect, it } from 'vitest';
import { NO_CONFIG, parseConfig } from './config.ts';

describe('parseConfig', () => {
  it('reads what the gateway says', () => {
    const said = {
      version: '0.1.0',
      source: { server: 'localhost:4245', name: 'Demo', tls: true, demo: false },
      quickFilters: [
        { name: 'No health checks', filter: ' not label:reserved:health ' },
        { name: 'No health checks', filter: 'port:80' },
        { name: 'Empty', filter: '' },
        { filter: 'port:443' },
        'port:1',
      ],
    };
    expect(parseConfig(said)).toEqual({
      version: '0.1.0',
      server: 'localhost:4245',
      name: 'Demo',
      tls: true,
      quickFilters: [{ name: 'No health checks', filter: 'not label:reserved:health' }],
    });
  });

  it('leaves out what is of another kind', () => {
    expect(parseConfig({ version: 3, source: { server: '', name: null, tls: 'yes' } })).toEqual(NO_CONFIG);
    for (const foreign of [null, 'ok', 7, [], { source: 'x' }])
      expect(parseConfig(foreign)).toEqual(NO_CONFIG);
  });
});
