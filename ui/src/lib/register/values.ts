import type { Service } from '../api/contracts';
import type { Field } from './fields';

/** What stands in the fields: text as typed, or a switch. */
export type Typed = Record<string, string | boolean>;

export type Reading = { value: unknown } | { problem: 'notNumber' } | { problem: 'notPair'; line: string };

/** What a field says as the API wants it; an empty one says nothing. */
export function readField(field: Field, typed: string | boolean): Reading | undefined {
  if (typeof typed === 'boolean') return { value: typed };
  const text = typed.trim();
  if (field.kind === 'list')
    return {
      value:
        text === ''
          ? []
          : [
              ...new Set(
                text
                  .split(',')
                  .map((tag) => tag.trim())
                  .filter(Boolean),
              ),
            ],
    };
  if (field.kind === 'pairs') return readPairs(text);
  if (text === '') return undefined;
  if (field.kind !== 'number') return { value: text };
  return /^-?\d+$/.test(text) ? { value: Number(text) } : { problem: 'notNumber' };
}

function readPairs(text: string): Reading {
  const pairs: Record<string, string> = {};
  for (const line of text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)) {
    const equals = line.indexOf('=');
    if (equals <= 0) return { problem: 'notPair', line };
    pairs[line.slice(0, equals).trim()] = line.slice(equals + 1).trim();
  }

  return { value: pairs };
}

/** A service as it would be typed. */
export function typedFrom(service: Service): Typed {
  const pairs = (values: Record<string, string> | undefined) =>
    Object.entries(values ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join('\n');
  return {
    name: service.name,
    type: service.type,
    host: service.host,
    port: String(service.port),
    protocol: service.protocol,
    ttl: String(service.ttl),
    tags: service.tags.join(', '),
    metadata: pairs(service.metadata),
    health_check_url: service.health_check_url ?? '',
    health_check_interval: String(service.health_check_interval),
    health_check_timeout: String(service.health_check_timeout),
    health_check_retries: String(service.health_check_retries),
    health_check_enabled: service.health_check_enabled,
    fallback_to_health_check: service.fallback_to_health_check,
    mdns_service_type: service.mdns_service_type,
    mdns_txt_records: pairs(service.mdns_txt_records),
  };
}

const special: Record<string, string> = { api: 'http', web: 'http', database: 'db', message_queue: 'mq' };
/** RFC 6335: the longest name of a service type. */
const longestType = 15;

/** The DNS-SD type Beacon will choose, for the preview; MdnsServiceTypes.cs decides. */
export function serviceTypeFor(type: string, protocol: string, given: string): string {
  const plain = given.trim().split(',')[0] ?? '';
  if (plain) return plain;
  if (/^_[a-z0-9-]+\._(tcp|udp)$/i.test(type)) return type.toLowerCase();
  const lower = type.trim().toLowerCase() || 'http';
  const name =
    special[lower] ??
    (lower
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, longestType)
      .replace(/^-+|-+$/g, '') ||
      'http');
  return `_${name}._${protocol.trim().toLowerCase() === 'udp' ? 'udp' : 'tcp'}`;
}
