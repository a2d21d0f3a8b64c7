/*
 * Beacon for ESP-IDF: a task of its own registers the device, renews the lease and takes the service away at the end. mdns_init() has to have been
 * called when Beacon is to be found by mDNS, and a network interface be the default one.
 */
#ifndef BEACON_CLIENT_H
#define BEACON_CLIENT_H

#include "beacon_core.h"
#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct beacon_client *beacon_client_handle_t;

typedef struct {
  const char *url;        /* "http://192.168.1.2:8080"; NULL: found by mDNS, again each time that nobody answers there. */
  beacon_service service; /* host NULL: this device's address, and it follows it. All texts must stay where they are. */
} beacon_client_config_t;

/* Begins to register; does not wait for it. ESP_ERR_INVALID_ARG without a name or a port, or when the registration is longer than 1,024 bytes;
   ESP_ERR_NO_MEM. */
esp_err_t beacon_client_start(const beacon_client_config_t *config, beacon_client_handle_t *client);

/* Takes the service away and frees everything; blocks for one request, 3 s at most. Not from the client's own task, and once. */
void beacon_client_stop(beacon_client_handle_t client);

/* Copies the id; false while Beacon does not know the device. From any task. */
bool beacon_client_id(beacon_client_handle_t client, char id[BEACON_ID_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
