// Kafka: an API key and a topic, joined by a correlation id. Deprecated upstream: shown, not centred on.

import { type Dialect, isResponse } from './dialect.ts';

export const KAFKA: Dialect = {
  kind: 'kafka',
  texts: ['kafkaKey', 'kafkaTopic'],
  keyOf: (store, apiKey, topic) => ({
    key: [store.entryById('kafkaKey', apiKey) ?? '', store.entryById('kafkaTopic', topic) ?? ''],
    raw: store.entryById('kafkaTopic', topic) ?? '',
  }),
  result: 'kafkaError',
  resultText: String,
  isFailure: (code) => code !== 0,
  speak: (flow) => {
    const record = flow.l7?.record;
    if (record?.case !== 'kafka') return undefined;
    const { apiKey, topic, errorCode, correlationId } = record.value;
    return {
      key: [apiKey, topic],
      raw: topic,
      what: [apiKey, topic].filter(Boolean).join(' '),
      pairing: JSON.stringify([apiKey, topic, correlationId]),
      result: isResponse(flow) ? String(errorCode) : '',
      note: '',
    };
  },
};
