#include "beacon_client.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "esp_http_client.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "mdns.h"

#define TAG "beacon"
#define REQUEST_TIMEOUT_MS 3000
#define FIND_TIMEOUT_MS 3000
#define MOST_FOUND 4
#define STACK_BYTES 6144
#define PRIORITY 4
#define ADDRESS_POLL_MS 10000u /* A changed address is noticed within that time. */
#define ROOT_SIZE 96
#define PATH_SIZE 80
#define TXT_API "api"

struct beacon_client {
  beacon_service service;
  beacon_lease lease;
  SemaphoreHandle_t gate;  /* Guards `lease.id` for readers of other tasks. */
  SemaphoreHandle_t ended; /* Given by the task when it is over. */
  TaskHandle_t task;
  bool is_given;
  bool follows_address;
  volatile bool is_stopping;
  char root[ROOT_SIZE];
  char host[48];
  char body[BEACON_BODY_SIZE];
  char answer[BEACON_ANSWER_SIZE];
  size_t answered;
  uint32_t retry_after_s;
};

static uint32_t now_ms(void) { return (uint32_t)(esp_timer_get_time() / 1000); }

static bool write_root(char *out, const char *url) {
  size_t length = strlen(url);
  while (length > 0 && url[length - 1] == '/') length--;
  const char *host = strstr(url, "://");
  bool has_path = memchr(host ? host + 3 : url, '/', length - (size_t)(host ? host + 3 - url : 0)) != NULL;
  int written = snprintf(out, ROOT_SIZE, "%.*s%s", (int)length, url, has_path ? "" : BEACON_API_PATH);
  return written > 0 && written < ROOT_SIZE;
}

static const char *api_path(const mdns_result_t *found) {
  for (size_t i = 0; i < found->txt_count; i++) {
    if (strcasecmp(found->txt[i].key, TXT_API) == 0 && found->txt[i].value && found->txt[i].value[0] == '/') return found->txt[i].value;
  }
  return BEACON_API_PATH;
}

static bool locate(beacon_client_handle_t client) {
  if (client->root[0]) return true;
  mdns_result_t *results = NULL;
  if (mdns_query_ptr("_beacon", "_tcp", FIND_TIMEOUT_MS, MOST_FOUND, &results) != ESP_OK) return false;
  for (const mdns_result_t *one = results; one && !client->root[0]; one = one->next) {
    for (const mdns_ip_addr_t *address = one->addr; address && one->port; address = address->next) {
      if (address->addr.type != ESP_IPADDR_TYPE_V4) continue;
      int length = snprintf(client->root, ROOT_SIZE, "http://" IPSTR ":%u%s", IP2STR(&address->addr.u_addr.ip4), (unsigned)one->port, api_path(one));
      if (length >= ROOT_SIZE) client->root[0] = 0;
      break;
    }
  }
  mdns_query_results_free(results);
  return client->root[0] != 0;
}

/* Has this device another address than before? False without any. */
static bool write_host(beacon_client_handle_t client) {
  esp_netif_t *network = esp_netif_get_default_netif();
  esp_netif_ip_info_t info;
  char now[sizeof client->host];
  if (!network || esp_netif_get_ip_info(network, &info) != ESP_OK || info.ip.addr == 0) return false;
  snprintf(now, sizeof now, IPSTR, IP2STR(&info.ip));
  if (strcmp(now, client->host) == 0) return false;
  memcpy(client->host, now, sizeof now);
  return true;
}

static esp_err_t on_http(esp_http_client_event_t *event) {
  beacon_client_handle_t client = event->user_data;
  if (event->event_id == HTTP_EVENT_ON_HEADER && strcasecmp(event->header_key, "Retry-After") == 0) {
    client->retry_after_s = (uint32_t)strtoul(event->header_value, NULL, 10);
  }
  return ESP_OK;
}

/* Returns the HTTP status; 0 when there was no answer. The answer's beginning is in client->answer. */
static int exchange(beacon_client_handle_t client, esp_http_client_method_t method, const char *path, size_t length) {
  char url[ROOT_SIZE + PATH_SIZE];
  int status = 0;
  client->answered = 0;
  client->retry_after_s = 0;
  if (!locate(client)) return 0;
  snprintf(url, sizeof url, "%s%s", client->root, path);
  esp_http_client_config_t config = {
      .url = url, .method = method, .timeout_ms = REQUEST_TIMEOUT_MS, .event_handler = on_http, .user_data = client, .disable_auto_redirect = true};
  esp_http_client_handle_t http = esp_http_client_init(&config);
  if (!http) return 0;
  esp_http_client_set_header(http, "Content-Type", "application/json");
  if (esp_http_client_open(http, (int)length) == ESP_OK && esp_http_client_write(http, client->body, (int)length) == (int)length &&
      esp_http_client_fetch_headers(http) >= 0) {
    int read = esp_http_client_read_response(http, client->answer, (int)sizeof client->answer - 1);
    client->answered = read > 0 ? (size_t)read : 0;
    status = esp_http_client_get_status_code(http);
  }
  esp_http_client_close(http);
  esp_http_client_cleanup(http);
  if (status <= 0 && !client->is_given) client->root[0] = 0;
  return status;
}

static void deregister(beacon_client_handle_t client) {
  char path[PATH_SIZE];
  if (!client->lease.id[0]) return;
  snprintf(path, sizeof path, "/services/%s", client->lease.id);
  exchange(client, HTTP_METHOD_DELETE, path, 0);
}

static void take_step(beacon_client_handle_t client, beacon_step step) {
  char path[PATH_SIZE] = "/services/register";
  int length = 0, status = 0;
  bool was_fine = client->lease.failures == 0;
  if (step == BEACON_RENEW) {
    snprintf(path, sizeof path, "/services/%s/heartbeat", client->lease.id);
  } else {
    length = beacon_write_registration(client->body, sizeof client->body, &client->service);
  }
  /* A new address may be too long for what fitted with the old one. */
  if (length >= 0) status = exchange(client, step == BEACON_RENEW ? HTTP_METHOD_PUT : HTTP_METHOD_POST, path, (size_t)length);
  xSemaphoreTake(client->gate, portMAX_DELAY);
  beacon_lease_answered(&client->lease, step, status, client->answer, client->answered, client->retry_after_s, now_ms(), esp_random());
  xSemaphoreGive(client->gate);
  if (client->lease.failures > 0 && was_fine) {
    char detail[128];
    bool is_told = beacon_read_detail(client->answer, client->answered, detail, sizeof detail);
    ESP_LOGW(TAG, "%s: %s (HTTP status %d); trying again", client->service.name, is_told ? detail : status > 0 ? "no answer of Beacon's" : "Beacon cannot be reached", status);
  } else if (client->lease.failures == 0 && step == BEACON_REGISTER) {
    ESP_LOGI(TAG, "%s is registered as %s", client->service.name, client->lease.id);
  }
}

static void run(void *argument) {
  beacon_client_handle_t client = argument;
  while (!client->is_stopping) {
    if (client->follows_address && write_host(client) && client->lease.id[0]) {
      /* Another address is another service for Beacon; the one at the old address is not there any more. */
      deregister(client);
      xSemaphoreTake(client->gate, portMAX_DELAY);
      beacon_lease_begin(&client->lease, client->service.ttl_s, now_ms());
      xSemaphoreGive(client->gate);
    }
    beacon_step step = client->host[0] || !client->follows_address ? beacon_lease_due(&client->lease, now_ms()) : BEACON_WAIT;
    if (step != BEACON_WAIT) take_step(client, step);
    uint32_t wait = beacon_lease_wait(&client->lease, now_ms());
    if (client->follows_address && wait > ADDRESS_POLL_MS) wait = ADDRESS_POLL_MS;
    if (wait == 0 && !client->host[0] && client->follows_address) wait = BEACON_FIRST_RETRY_MS; /* No network yet. */
    if (wait > 0) ulTaskNotifyTake(pdTRUE, pdMS_TO_TICKS(wait));
  }
  deregister(client);
  xSemaphoreGive(client->ended);
  vTaskDelete(NULL);
}

static void release(beacon_client_handle_t client) {
  if (client->gate) vSemaphoreDelete(client->gate);
  if (client->ended) vSemaphoreDelete(client->ended);
  free(client);
}

esp_err_t beacon_client_start(const beacon_client_config_t *config, beacon_client_handle_t *out) {
  if (!config || !out || !config->service.name || !config->service.port) return ESP_ERR_INVALID_ARG;
  beacon_client_handle_t client = calloc(1, sizeof *client);
  if (!client) return ESP_ERR_NO_MEM;
  client->service = config->service;
  client->follows_address = !config->service.host;
  client->is_given = config->url && config->url[0];
  if (client->follows_address) client->service.host = client->host;
  if ((client->is_given && !write_root(client->root, config->url)) ||
      beacon_write_registration(client->body, sizeof client->body, &client->service) < 0) {
    release(client);
    return ESP_ERR_INVALID_ARG;
  }
  beacon_lease_begin(&client->lease, config->service.ttl_s, now_ms());
  client->gate = xSemaphoreCreateMutex();
  client->ended = xSemaphoreCreateBinary();
  if (!client->gate || !client->ended || xTaskCreate(run, TAG, STACK_BYTES, client, PRIORITY, &client->task) != pdPASS) {
    release(client);
    return ESP_ERR_NO_MEM;
  }
  *out = client;
  return ESP_OK;
}

void beacon_client_stop(beacon_client_handle_t client) {
  client->is_stopping = true;
  xTaskNotifyGive(client->task);
  xSemaphoreTake(client->ended, portMAX_DELAY);
  release(client);
}

bool beacon_client_id(beacon_client_handle_t client, char id[BEACON_ID_SIZE]) {
  xSemaphoreTake(client->gate, portMAX_DELAY);
  memcpy(id, client->lease.id, BEACON_ID_SIZE);
  xSemaphoreGive(client->gate);
  return id[0] != 0;
}
