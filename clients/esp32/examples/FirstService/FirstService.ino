#include <BeaconClient.h>
#include <ESPmDNS.h>
#include <WebServer.h>
#include <WiFi.h>

BeaconClient beacon;  // Found by mDNS; or BeaconClient beacon("http://192.168.1.2:8080");
WebServer server(80);

void setup() {
  Serial.begin(115200);
  WiFi.begin("network", "password");
  while (WiFi.status() != WL_CONNECTED) delay(100);
  MDNS.begin("first-esp32");
  server.on("/", [] { server.send(200, "text/plain", "hello\n"); });
  server.begin();
  beacon.addMetadata("room", "kitchen");
  beacon.begin("first ESP32 service", 80, "http", 60);
}

void loop() {
  server.handleClient();
  beacon.loop();
}
