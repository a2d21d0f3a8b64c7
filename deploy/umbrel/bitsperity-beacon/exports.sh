# For apps that depend on Beacon. It is on the host's network: from a container that is the gateway, the first address of Umbrel's network.
beacon_network="${NETWORK_IP:-10.21.0.0}"
export APP_BITSPERITY_BEACON_PORT="8353"
export APP_BITSPERITY_BEACON_URL="http://${beacon_network%.*}.1:8353"
