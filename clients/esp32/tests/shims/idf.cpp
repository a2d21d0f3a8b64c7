/* ESP-IDF on threads and POSIX sockets, as far as the client uses it. */
#include "idf.h"

#include <HTTPClient.h>
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

extern "C" {
#include "esp_http_client.h"
#include "esp_netif.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "mdns.h"
}

ShimWorld shim_world;

/* -- time and chance -- */

int64_t esp_timer_get_time(void) {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count() * ShimSpeed;
}

uint32_t esp_random(void) { return 0; }

/* -- FreeRTOS: a semaphore is a count, and a notification is one too -- */

struct QueueDefinition {
  std::mutex mutex;
  std::condition_variable given;
  int count = 0;

  bool take(TickType_t ticks) {
    std::unique_lock<std::mutex> lock(mutex);
    auto isGiven = [this] { return count > 0; };
    if (ticks == portMAX_DELAY) {
      given.wait(lock, isGiven);
    } else if (!given.wait_for(lock, std::chrono::milliseconds(ticks * 10 / ShimSpeed), isGiven)) {
      return false;
    }
    count--;
    return true;
  }

  void give() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      count++;
      given.notify_all();
    }
  }
};

struct tskTaskControlBlock {
  QueueDefinition notified;
};

static thread_local TaskHandle_t current_task;

SemaphoreHandle_t xSemaphoreCreateBinary(void) { return new QueueDefinition; }

SemaphoreHandle_t xSemaphoreCreateMutex(void) {
  SemaphoreHandle_t mutex = new QueueDefinition;
  mutex->count = 1;
  return mutex;
}

BaseType_t xSemaphoreTake(SemaphoreHandle_t semaphore, TickType_t ticks) { return semaphore->take(ticks) ? pdTRUE : 0; }

BaseType_t xSemaphoreGive(SemaphoreHandle_t semaphore) {
  semaphore->give();
  return pdTRUE;
}

void vSemaphoreDelete(SemaphoreHandle_t semaphore) { delete semaphore; }

BaseType_t xTaskCreate(void (*code)(void *), const char *, uint32_t, void *parameters, UBaseType_t, TaskHandle_t *task) {
  TaskHandle_t made = *task = new tskTaskControlBlock;
  std::thread([=] {
    current_task = made;
    code(parameters);
  }).detach();
  return pdPASS;
}

void vTaskDelete(TaskHandle_t) { delete current_task; }

uint32_t ulTaskNotifyTake(BaseType_t, TickType_t ticks) { return current_task->notified.take(ticks); }

BaseType_t xTaskNotifyGive(TaskHandle_t task) {
  task->notified.give();
  return pdPASS;
}

/* -- the network -- */

struct esp_netif_obj {};

esp_netif_t *esp_netif_get_default_netif(void) {
  static esp_netif_t network;
  return &network;
}

esp_err_t esp_netif_get_ip_info(esp_netif_t *, esp_netif_ip_info_t *info) {
  memset(info, 0, sizeof *info);
  info->ip.addr = shim_world.address;
  return ESP_OK;
}

esp_err_t mdns_query_ptr(const char *, const char *, uint32_t, size_t, mdns_result_t **results) {
  static mdns_txt_item_t texts[] = {{"path", "/"}, {"api", "/api/v1"}};
  shim_world.questions++;
  *results = nullptr;
  if (shim_world.beaconPort == 0) return ESP_OK;
  auto found = (mdns_result_t *)calloc(1, sizeof(mdns_result_t));
  found->addr = (mdns_ip_addr_t *)calloc(1, sizeof(mdns_ip_addr_t));
  found->addr->addr.type = ESP_IPADDR_TYPE_V4;
  found->addr->addr.u_addr.ip4.addr = htonl(INADDR_LOOPBACK);
  found->port = shim_world.beaconPort;
  found->txt = texts;
  found->txt_count = 2;
  *results = found;
  return ESP_OK;
}

void mdns_query_results_free(mdns_result_t *results) {
  if (results) free(results->addr);
  free(results);
}

/* -- HTTP, by the other half's shim -- */

struct esp_http_client {
  HTTPClient http;
  esp_http_client_config_t config;
  std::string body;
  int status = 0;
};

esp_http_client_handle_t esp_http_client_init(const esp_http_client_config_t *config) {
  auto client = new esp_http_client;
  client->config = *config;
  client->http.setTimeout((uint16_t)config->timeout_ms);
  client->http.begin(config->url);
  return client;
}

esp_err_t esp_http_client_set_header(esp_http_client_handle_t client, const char *key, const char *value) {
  client->http.addHeader(key, value);
  return ESP_OK;
}

esp_err_t esp_http_client_open(esp_http_client_handle_t client, int length) {
  /* The real one always says how long the body is; the other shim only when there is one. */
  if (length == 0) client->http.addHeader("Content-Length", "0");
  return ESP_OK;
}

int esp_http_client_write(esp_http_client_handle_t client, const char *buffer, int length) {
  client->body.append(buffer, (size_t)length);
  return length;
}

int64_t esp_http_client_fetch_headers(esp_http_client_handle_t client) {
  static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  client->status = client->http.sendRequest(methods[client->config.method], (uint8_t *)&client->body[0], client->body.size());
  if (client->status < 0) return -1;
  std::string value = client->http.header("Retry-After").c_str();
  if (!value.empty()) {
    char key[] = "Retry-After";
    esp_http_client_event_t event = {HTTP_EVENT_ON_HEADER, client, nullptr, 0, client->config.user_data, key, &value[0]};
    client->config.event_handler(&event);
  }
  return client->http.getSize();
}

int esp_http_client_read_response(esp_http_client_handle_t client, char *buffer, int length) {
  int size = client->http.getSize();
  return (int)client->http.getStream().readBytes(buffer, (size_t)(size >= 0 && size < length ? size : length));
}

int esp_http_client_get_status_code(esp_http_client_handle_t client) { return client->status; }

esp_err_t esp_http_client_close(esp_http_client_handle_t client) {
  client->http.end();
  return ESP_OK;
}

esp_err_t esp_http_client_cleanup(esp_http_client_handle_t client) {
  delete client;
  return ESP_OK;
}
