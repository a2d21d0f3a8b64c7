import type { Announcement } from '../api/contracts';
import type { ServiceEntry } from './service-entry';

export interface FindCommand {
  title: string;
  code: string;
}

/** How other machines find this very service with what they have. */
export function findCommands(entry: ServiceEntry, announcement: Announcement | undefined, api: string): FindCommand[] {
  const full = announcement?.service_type ?? entry.service.mdns_service_type;
  const type = full.split(',')[0] ?? full;
  const instance = announcement?.instance ?? entry.service.name;
  const [service = '', protocol = 'tcp'] = type.replace(/_/g, '').split('.');
  return [
    { title: 'Linux', code: `avahi-browse -rpt ${type}` },
    { title: 'macOS, Windows', code: `dns-sd -B ${type}\ndns-sd -L ${quote(instance)} ${type}` },
    { title: 'Beacon', code: `beacon resolve ${quote(`${instance}.${type}`)}` },
    {
      title: 'Python',
      code: [
        'from zeroconf import Zeroconf',
        '',
        `info = Zeroconf().get_service_info(${python(`${type}.local.`)}, ${python(`${instance}.${type}.local.`)})`,
        'print(info.parsed_addresses(), info.port, info.properties)',
      ].join('\n'),
    },
    {
      title: 'ESP32 (Arduino)',
      code: [
        '#include <ESPmDNS.h>',
        '',
        'MDNS.begin("probe");',
        `int found = MDNS.queryService("${service}", "${protocol}");`,
        'for (int i = 0; i < found; i++)',
        '  Serial.printf("%s %s:%d\\n", MDNS.hostname(i).c_str(), MDNS.address(i).toString().c_str(), MDNS.port(i));',
      ].join('\n'),
    },
    { title: 'HTTP', code: `curl ${api}/services/${entry.id}` },
  ];
}

/** For a POSIX shell. */
const quote = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
const python = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
