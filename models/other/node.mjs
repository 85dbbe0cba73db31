#!/bin/sh
":" //; command -v node >/dev/null && exec node "$0" "$@"
":" //; [ "$*" = --describe ] && echo '{"name": "node", "summary": "all at once on Node", "holds": "all", "send_holds": "loop", "listed": true, "available": false, "why": "there is no node here: apt-get install nodejs", "waits": true}' && exit
":" //; echo "node.mjs: there is no node here: apt-get install nodejs" >&2; exit 2
/* All conversations at once on Node, one thread: an async function each.

     loop   0 1 2 . . . . 0 1 2       (a function runs until it awaits)
     0      send=response==>
     1      ....send=response==>

   (For sh, the lines above are commands; for Node, each is a string and a comment.) */
import * as dns from "node:dns";
import { readFileSync, writeFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { once } from "node:events";
import { setImmediate as nextCheck } from "node:timers/promises";
import { parseArgs } from "node:util";

const description = {
    name: "node", summary: "all at once on Node, an async function each",
    holds: "all", send_holds: "loop",
    listed: true, available: true, why: "", waits: true,
};
const columns = ["conversation", "round", "ready_ns", "begin_ns", "first_byte_ns", "end_ns",
    "status", "error", "queue_ns", "send_ns", "backlog_ns", "response_ns"];
const limits = ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL"];
const monotonic = process.hrtime.bigint; // nanoseconds of CLOCK_MONOTONIC

function parseOptions() {
    const text = { type: "string" };
    const { values } = parseArgs({
        options: {
            describe: { type: "boolean" }, url: text, "url-file": text,
            conversations: text, rounds: text, workers: text, cores: text,
            "send-hold": text, "send-work": text, timeout: text, connections: text,
        },
    });
    if (values.describe) return values;
    const number = (name, least, otherwise) => {
        const value = Number(values[name] ?? otherwise);
        if (!Number.isInteger(value) || value < least)
            throw new Error(`--${name}: '${values[name]}' is no number from ${least}`);
        return value;
    };
    const word = (name, ...words) => {
        const value = values[name] ?? words[0];
        if (!words.includes(value))
            throw new Error(`--${name}: '${value}' is none of ${words.join(", ")}`);
        return value;
    };
    if (!values.url === !values["url-file"])
        throw new Error("give either --url or --url-file");
    const lines = values.url ? null
        : readFileSync(values["url-file"], "utf8").split(/\s+/).filter(Boolean);
    const conversations = number("conversations", 1, lines?.length ?? 1);
    if (conversations > (lines?.length ?? Infinity))
        throw new Error(`the URL file has only ${lines.length} lines`);
    const authorities = process.env.SSL_CERT_FILE; // as for OpenSSL and Python
    number("workers", 1, 4), number("cores", 1, 1);
    return {
        conversations, rounds: number("rounds", 1, 1),
        hold: number("send-hold", 0, 0), work: word("send-work", "sleep", "cpu"),
        timeout: number("timeout", 0, 0), // both in nanoseconds
        connections: word("connections", "keep", "close", "warm"),
        headers: lines ? { "User-Agent": "simul" } : {}, // a foreign server can recognise it
        authorities: authorities ? readFileSync(authorities) : undefined,
        urlOf: (c, k) => new URL(lines ? lines[c] : `${values.url}/${c}/${k}`),
    };
}

// The client's own part of a send holds the only thread: it sleeps or computes.
function holdSend({ hold, work }) {
    const end = monotonic() + BigInt(hold);
    const cpuBefore = process.cpuUsage();
    const isOver = () => {
        const { user, system } = process.cpuUsage(cpuBefore);
        return monotonic() >= end && (work === "sleep" || (user + system) * 1000 >= hold);
    };
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    while (!isOver())
        if (work === "sleep") Atomics.wait(sleeper, 0, 0, Number(end - monotonic()) / 1e6);
}

function isReset({ code }) {
    return code === "ECONNRESET" || code === "EPIPE";
}

// The protocol's word for an error. If several addresses failed, the last one counts.
function wordOf(failure) {
    const problem = failure.errors?.at(-1) ?? failure;
    if (problem.name === "TimeoutError") return "timeout";
    if (limits.includes(problem.code)) return "limit";
    if (problem.syscall === "getaddrinfo") return "resolve";
    if (problem.code === "ECONNREFUSED") return "refused";
    // Node reports an early end of the connection as a reset too, but only a real reset
    // names a system call. (Within a body, Node does not tell them apart: truncated.)
    if (isReset(problem)) return problem.syscall ? "reset" : "truncated";
    if (/^(EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_)/.test(problem.code)) return "tls";
    return problem.syscall === "connect" ? "refused" : "protocol";
}

// Notes the phases that the API reports: queue;dur=0.000000, send;dur=5.000000
function noteServerTiming(row, value) {
    for (const entry of (value ?? "").split(",")) {
        const [name, milliseconds] = entry.trim().split(";dur=");
        if (columns.indexOf(`${name}_ns`) >= 8 && /^\d{1,12}(\.\d*)?$/.test(milliseconds))
            row[`${name}_ns`] ??= Math.round(Number(milliseconds) * 1e6);
    }
}

// Node tries all addresses of a name, 200 ms each. "localhost" is both of these by
// RFC 6761, whatever the hosts file says, as in curl.
function lookUp(name, options, callback) {
    const local = [{ address: "::1", family: 6 }, { address: "127.0.0.1", family: 4 }];
    if (options.all && /^(.*\.)?localhost$/i.test(name)) callback(null, local);
    else dns.lookup(name, options, callback);
}
const everyAddress = {
    autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 200, lookup: lookUp };

function isOpen(socket) { // no byte is due on an idle socket
    return !socket.destroyed && !socket.readableEnded && socket.readableLength === 0;
}

class Conversation {
    constructor(number, options, sender) {
        this.number = number;
        this.options = options;
        this.sender = sender;
        this.module = options.urlOf(number, 0).protocol === "https:" ? https : http;
        // One connection for each conversation. Node turns Nagle's delay off by itself.
        this.agent = new this.module.Agent({
            keepAlive: options.connections !== "close", ca: options.authorities,
            ...everyAddress });
        this.isKept = false; // there is a connection, unless the server has closed it
        this.warmSocket = null;
    }

    async warm() {
        const { hostname, port, protocol } = this.options.urlOf(this.number, 0);
        const tls = protocol === "https:";
        const connect = this.agent.createConnection;
        const { timeout } = this.options;
        const socket = this.agent.createConnection({
            host: hostname.replace(/^\[|\]$/g, ""), servername: hostname,
            port: port || (tls ? 443 : 80), ca: this.options.authorities, ...everyAddress });
        const limit = AbortSignal.timeout(timeout ? Math.ceil(timeout / 1e6) + 1 : 300_000);
        await once(socket, tls ? "secureConnect" : "connect", { signal: limit })
            .catch((problem) => {
                const { code, message } = problem.errors?.at(-1) ?? problem;
                throw new Error(`cannot connect to ${hostname}: ${code ?? message}`);
            });
        socket.on("error", () => {}); // isOpen() tells
        this.isKept = true;
        this.warmSocket = socket;
        this.agent.createConnection = (...how) => { // hands the warm socket out once
            const first = this.warmSocket;
            this.warmSocket = null;
            return first && isOpen(first) ? first : connect.apply(this.agent, how);
        };
    }

    // Whether the server has closed the connection that was kept. Node finds that out
    // when it polls, which it does between the second check and the one before.
    async isReopened() {
        if (!this.isKept) return false;
        await nextCheck();
        await nextCheck();
        const free = Object.values(this.agent.freeSockets).flat();
        return !(this.warmSocket ? [this.warmSocket] : free).some(isOpen);
    }

    // Resolves at the answer's last byte; onSent is called when the request is on the wire.
    ask(row, url, onSent) {
        return new Promise((resolve, reject) => {
            let late;
            const { agent, options: { headers, timeout } } = this;
            const request = this.module.get(url, { agent, headers }, (answer) => {
                row.first_byte_ns = monotonic();
                row.status = answer.statusCode;
                noteServerTiming(row, answer.headers["server-timing"]);
                answer.resume().on("end", resolve)
                    .on("error", (problem) => reject(late ?? problem));
            });
            request.on("finish", () => onSent?.())
                .on("error", (problem) => reject(late ?? problem));
            if (timeout) {
                // One millisecond more, because Node's timers may be early by less than one.
                const timer = setTimeout(() => {
                    late = Object.assign(new Error("timeout"), { name: "TimeoutError" });
                    request.destroy(late);
                }, Math.ceil(timeout / 1e6) + 1);
                request.on("close", () => clearTimeout(timer));
            }
        });
    }

    // The client's own sends go one at a time: the next begins when this request is on
    // the wire.
    async askInTurn(row, url) {
        const before = this.sender.turn;
        let onSent;
        this.sender.turn = new Promise((resolve) => { onSent = resolve; });
        await before;
        row.begin_ns = monotonic();
        holdSend(this.options);
        row.send_ns = monotonic() - row.begin_ns;
        row.reopened = Number(await this.isReopened());
        await this.ask(row, url, onSent).finally(onSent);
    }

    async request(row) { // an error is recorded, not thrown
        row.begin_ns = monotonic();
        try {
            const url = this.options.urlOf(row.conversation, row.round);
            if (this.options.hold) {
                await this.askInTurn(row, url);
            } else {
                row.reopened = Number(await this.isReopened());
                await this.ask(row, url);
            }
            row.error = row.status >= 200 && row.status < 300 ? "" : "status";
            this.isKept = this.options.connections !== "close";
        } catch (problem) {
            row.error = wordOf(problem);
            this.isKept = false;
        }
        row.end_ns = monotonic();
    }

    async converse(start_ns) {
        const rows = [];
        for (let round = 0, ready_ns = start_ns; round < this.options.rounds; round++) {
            const row = { conversation: this.number, round, ready_ns, status: 0 };
            await this.request(row);
            ready_ns = row.end_ns;
            rows.push(row);
        }
        this.agent.destroy();
        return rows;
    }
}

async function converseAll(options) {
    const sender = { turn: Promise.resolve() };
    const conversations = Array.from({ length: options.conversations },
        (_, c) => new Conversation(c, options, sender));
    if (options.connections === "warm")
        for (const conversation of conversations) await conversation.warm();
    const start_ns = monotonic(); // the common start; no socket exists yet, unless warm
    return (await Promise.all(conversations.map((one) => one.converse(start_ns)))).flat();
}

function fail(problem, code) {
    writeFileSync(2, `node.mjs: ${problem.message.split("\n")[0]}\n`);
    process.exit(code);
}

let options;
try {
    options = parseOptions();
} catch (problem) {
    fail(problem, 2);
}
try {
    const rows = options.describe ? [] : await converseAll(options);
    if (rows.some((row) => row.reopened)) columns.push("reopened");
    const lines = options.describe ? [JSON.stringify(description)]
        : [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]
            .map((fields) => fields.join());
    writeFileSync(1, lines.join("\n") + "\n");
} catch (problem) {
    fail(problem, 1);
}
