/** The host and port under which other machines reach this Beacon. */
export function addressFor(
  location: { hostname: string; host: string; protocol: string },
  localIp: string | null | undefined,
  pathname: string,
): string {
  const isOwnMachine = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  const host = isOwnMachine && localIp ? location.host.replace(location.hostname, localIp) : location.host;
  return `${location.protocol}//${host}${pathname.replace(/\/$/, '')}`;
}

export const curlExample = (base: string, prefix: string): string =>
  `curl -d '{"name": "kitchen broker", "type": "mqtt", "host": "192.168.1.50", "port": 1883}' \\
  ${base}/${prefix}/services/register`;

export const espExample = (base: string, prefix: string): string => `#include <HTTPClient.h>
#include <WiFi.h>

// Once after WiFi is up, then every two minutes: registering again renews.
void announce() {
  HTTPClient http;
  http.begin("${base}/${prefix}/services/register");
  http.addHeader("Content-Type", "application/json");
  http.POST("{\\"name\\":\\"greenhouse\\",\\"type\\":\\"iot\\",\\"port\\":80,\\"ttl\\":300,"
            "\\"host\\":\\"" + WiFi.localIP().toString() + "\\"}");
  http.end();
}`;

export const composeExample = (base: string, prefix: string): string => `services:
  grafana:
    image: grafana/grafana
    ports: ["3000:3000"]
  grafana-beacon:
    image: curlimages/curl
    restart: unless-stopped
    command: >
      sh -c 'while true; do curl -s -d
      "{\\"name\\":\\"grafana\\",\\"type\\":\\"http\\",\\"host\\":\\"192.168.1.10\\",\\"port\\":3000}"
      ${base}/${prefix}/services/register; sleep 120; done'`;
