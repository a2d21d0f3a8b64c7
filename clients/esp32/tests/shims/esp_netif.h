#pragma once
#include <stdint.h>

#include "esp_err.h"

typedef struct esp_netif_obj esp_netif_t;
typedef struct {
  uint32_t addr;
} esp_ip4_addr_t;
typedef struct {
  uint32_t addr[4];
  uint8_t zone;
} esp_ip6_addr_t;
typedef struct {
  union {
    esp_ip6_addr_t ip6;
    esp_ip4_addr_t ip4;
  } u_addr;
  uint8_t type;
} esp_ip_addr_t;
typedef struct {
  esp_ip4_addr_t ip, netmask, gw;
} esp_netif_ip_info_t;
#define ESP_IPADDR_TYPE_V4 0U
#define IPSTR "%d.%d.%d.%d"
#define IP2STR(ip) ((const uint8_t *)ip)[0], ((const uint8_t *)ip)[1], ((const uint8_t *)ip)[2], ((const uint8_t *)ip)[3]

esp_netif_t *esp_netif_get_default_netif(void);
esp_err_t esp_netif_get_ip_info(esp_netif_t *netif, esp_netif_ip_info_t *info);
