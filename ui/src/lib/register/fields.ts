import type { Texts } from '../i18n/en';

type FormText = { [Key in keyof Texts['form']]: Texts['form'][Key] extends string ? Key : never }[keyof Texts['form']];

/** How a member of a registration is typed in. */
export interface Field {
  name: string;
  kind: 'text' | 'number' | 'list' | 'pairs' | 'switch';
  label: FormText;
  help?: FormText;
  /** Sixths of the line. */
  width: 1 | 2 | 3 | 6;
  required?: boolean;
  suggestions?: readonly string[];
}

export interface FieldGroup {
  title?: FormText;
  fields: readonly Field[];
}

const general: readonly Field[] = [
  { name: 'name', kind: 'text', label: 'name', help: 'nameHelp', width: 6, required: true },
  { name: 'host', kind: 'text', label: 'host', help: 'hostHelp', width: 3, required: true },
  { name: 'port', kind: 'number', label: 'port', width: 1, required: true },
  { name: 'protocol', kind: 'text', label: 'protocol', width: 2, suggestions: ['http', 'https', 'tcp', 'udp', 'mqtt'] },
  {
    name: 'type',
    kind: 'text',
    label: 'type',
    help: 'typeHelp',
    width: 3,
    suggestions: ['http', 'mqtt', 'iot', 'api', 'database', 'printer'],
  },
  { name: 'ttl', kind: 'number', label: 'ttl', help: 'ttlHelp', width: 3 },
  { name: 'tags', kind: 'list', label: 'tags', help: 'tagsHelp', width: 6 },
  { name: 'metadata', kind: 'pairs', label: 'metadata', help: 'metadataHelp', width: 6 },
];

const health: readonly Field[] = [
  { name: 'health_check_url', kind: 'text', label: 'url', help: 'urlHelp', width: 6 },
  { name: 'health_check_interval', kind: 'number', label: 'interval', width: 2 },
  { name: 'health_check_timeout', kind: 'number', label: 'timeout', width: 2 },
  { name: 'health_check_retries', kind: 'number', label: 'retries', width: 2 },
  { name: 'health_check_enabled', kind: 'switch', label: 'enabled', width: 3 },
  { name: 'fallback_to_health_check', kind: 'switch', label: 'fallback', width: 3 },
];

const mdns: readonly Field[] = [
  { name: 'mdns_service_type', kind: 'text', label: 'mdnsType', help: 'mdnsTypeHelp', width: 6 },
  { name: 'mdns_txt_records', kind: 'pairs', label: 'txt', help: 'txtHelp', width: 6 },
];

export const allFields: readonly Field[] = [...general, ...health, ...mdns];

/** A lease is given by registering and by heartbeats, not by a change. */
export const fieldGroups = (isEdit: boolean): FieldGroup[] => [
  { fields: isEdit ? general.filter((field) => field.name !== 'ttl') : general },
  { title: 'health', fields: health },
  { title: 'mdns', fields: mdns },
];
