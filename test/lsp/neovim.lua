-- Opens a file with the server attached, as Neovim's own client does it, and prints what a user gets.
--   nvim --headless -u CONFIGURATION -n -S neovim.lua FILE
-- The configuration starts the server. RULE is a finding to repair; WORD is to hover on; FIX is part of the title of the fix.
local function say(...)
  io.stdout:write(string.format(...) .. '\n')
end

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function settings_without(rule)
  return { driverentry = { rules = rule and { [rule] = 'off' } or vim.empty_dict() } }
end

local function find(code)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.source == 'driverentry' and d.code == code then return d end
  end
end

local function await(what, condition)
  if not vim.wait(20000, condition, 20) then fail(what) end
end

local client
await('the configuration starts no server', function()
  client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
  return client ~= nil
end)
local id = client.id

local function request(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params()
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000)
  local answer = answers and answers[id]
  if not answer or answer.err then fail(method .. ': ' .. vim.inspect(answer)) end
  return answer.result
end

local function set_rules(rule)
  client.config.settings = settings_without(rule)
  client.notify('workspace/didChangeConfiguration', { settings = client.config.settings })
end

local rule = vim.env.RULE
await('no ' .. rule, function() return find(rule) ~= nil end)
local found = find(rule)
for _, d in ipairs(vim.diagnostic.get(0)) do
  say('%d:%d %s %s', d.lnum + 1, d.col + 1, d.code, d.message:match('[^\n]*'))
end

vim.fn.cursor(1, 1)
local line = vim.fn.search('\\V' .. vim.env.WORD)
local hover = request('textDocument/hover', { position = { line = line - 1, character = vim.fn.col('.') } })
if not hover then fail('no hover on ' .. vim.env.WORD) end
say('hover %s', hover.contents.value:match(vim.env.WORD) or 'on something else')

set_rules(rule)
await(rule .. ' stays when it is off', function() return find(rule) == nil end)
say('off')
set_rules(nil)
await(rule .. ' does not come back', function() return find(rule) ~= nil end)
say('on')

-- What vim.lsp.buf.code_action() does, but for the menu.
local range = {
  start = { line = found.lnum, character = found.col },
  ['end'] = { line = found.end_lnum, character = found.end_col },
}
local diagnostic = { range = range, message = found.message, source = found.source, code = found.code }
local actions = request('textDocument/codeAction', { range = range, context = { diagnostics = { diagnostic } } })
local chosen
for _, action in ipairs(actions or {}) do
  if not chosen and action.title:find(vim.env.FIX, 1, true) then chosen = action end
end
if not chosen then fail('no fix: ' .. vim.inspect(actions)) end
vim.lsp.util.apply_workspace_edit(chosen.edit, 'utf-16')
say('fixed')
await('still there', function() return find(rule) == nil end)
say('gone')
vim.cmd('silent write')
say('saved')

vim.lsp.stop_client(id)
if not vim.wait(5000, function() return vim.lsp.get_client_by_id(id) == nil end, 20) then fail('the server does not end') end
local messages = vim.trim(vim.fn.execute('messages'))
if messages ~= '' then fail(messages) end
say('stopped')
vim.cmd('qall!')
