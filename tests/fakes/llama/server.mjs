// llama.cpp behind the requests and answers of its own server's /v1/chat/completions: the grammar made of the schema and the
// sampling by it are llama.cpp's, the HTTP is not.
//
//     node server.mjs FOLDER MODEL     FOLDER/node_modules has @fugood/llama.node
//
// prints 'listening on http://127.0.0.1:PORT'. Answers one request at a time.
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'

const [folder, model] = process.argv.slice(2)
const { loadModel } = createRequire(path.resolve(folder, 'x.js'))('@fugood/llama.node')
const context = await loadModel({ model, n_ctx: 65536, n_gpu_layers: 0, n_threads: 1, use_mmap: false })

const words = (content) => typeof content === 'string' ? content
  : content.map((part) => part.type === 'text' ? part.text : '').join('')

const complete = (body, tell) => context.completion({
  messages: body.messages.map((message) => ({ role: message.role, content: words(message.content) })),
  jinja: true, n_predict: body.max_tokens ?? -1, temperature: body.temperature ?? 0.8, seed: body.seed ?? 1,
  response_format: body.response_format,
}, ({ token }) => tell(token))

const usage = (result) => ({ prompt_tokens: result.tokens_evaluated, completion_tokens: result.tokens_predicted,
  total_tokens: result.tokens_evaluated + result.tokens_predicted })
const finish = (result) => result.stopped_eos ? 'stop' : 'length'
const head = { id: 'chatcmpl-1', created: 1, model: 'tiny', system_fingerprint: 'tiny' }

async function stream(body, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const say = (value) => response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...value })}\n\n`)
  const choice = (delta, reason = null) => say({ choices: [{ index: 0, delta, finish_reason: reason }] })
  choice({ role: 'assistant', content: null })
  const result = await complete(body, (token) => token && choice({ content: token }))
  choice({}, finish(result))
  say({ choices: [], usage: usage(result), timings: {} })
  response.end('data: [DONE]\n\n')
}

async function whole(body, response) {
  const result = await complete(body, () => {})
  const message = { role: 'assistant', content: result.text }
  json(response, 200, { ...head, object: 'chat.completion', usage: usage(result),
    choices: [{ index: 0, message, finish_reason: finish(result) }] })
}

function json(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(value))
}

let last = Promise.resolve()
const server = http.createServer((request, response) => {
  if (request.method === 'GET') return json(response, 200, { object: 'list', data: [{ id: 'tiny', object: 'model' }] })
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(parts))
    last = last.then(() => body.stream ? stream(body, response) : whole(body, response)).catch((error) => {
      const told = { error: { code: 400, message: error.message, type: 'invalid_request_error' } }
      if (response.headersSent) response.end(`data: ${JSON.stringify(told)}\n\n`)
      else json(response, 400, told)
    })
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`))
