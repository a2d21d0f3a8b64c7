// The published binary on a free port of the loopback address, with a data directory of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary =
    process.env['BEACON_BINARY'] ?? new URL('../../artifacts/native/linux-x64/beacon', import.meta.url).pathname;
const startLimit = 15_000;

const freePort = () =>
    new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });

export class Beacon {
    #process;
    #directory = mkdtempSync(join(tmpdir(), 'beacon-ui-'));
    #options;
    port = 0;

    constructor(options = []) {
        this.#options = options;
    }

    static async start(options = []) {
        const beacon = new Beacon(options);
        beacon.port = await freePort();
        await beacon.start();
        return beacon;
    }

    get url() {
        return `http://localhost:${this.port}`;
    }

    async start() {
        const common = ['serve', '--host', '127.0.0.1', '--port', String(this.port), '--data-dir', this.#directory];
        const mdns = this.#options.includes('--mdns') ? [] : ['--mdns', 'off'];
        this.#process = spawn(binary, [...common, ...mdns, ...this.#options], { stdio: 'ignore' });
        const deadline = Date.now() + startLimit;
        while (Date.now() < deadline) {
            try {
                if ((await fetch(`${this.url}/api/v1/ready`)).ok) return;
            } catch {
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        }

        throw new Error('Beacon did not start');
    }

    /** Ends the process and keeps what it stored. */
    async stop() {
        const process = this.#process;
        if (!process || process.exitCode !== null) return;
        const ended = new Promise((resolve) => process.once('exit', resolve));
        process.kill('SIGTERM');
        await ended;
    }

    async end() {
        await this.stop();
        rmSync(this.#directory, { recursive: true, force: true });
    }

    async send(method, path, body) {
        const response = await fetch(`${this.url}/api/v1${path}`, { method, body: body && JSON.stringify(body) });
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        return response.json();
    }

    register(service) {
        return this.send('POST', '/services/register', service);
    }

    /** @param lanes requests under way at once. */
    async registerAll(services, lanes = 32) {
        const left = services[Symbol.iterator]();
        const ids = [];
        await Promise.all(
            Array.from({ length: lanes }, async () => {
                for (const service of left) ids.push((await this.register(service)).service_id);
            }),
        );
        return ids;
    }
}
