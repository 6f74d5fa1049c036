-- Opens a file with the server attached, as Neovim's own client does it, and prints what a user gets.
--   nvim --headless --clean -n -S neovim.lua FILE
-- NODE and SERVER are paths; WORD is to hover on; FIX is part of the title of the fix to apply.
local function say(...)
  io.stdout:write(string.format(...) .. '\n')
end

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local config = {
  name = 'driverentry',
  cmd = { vim.env.NODE, vim.env.SERVER, '--stdio' },
  root_dir = vim.fn.getcwd(),
}
local id
if vim.lsp.start then
  id = vim.lsp.start(config)
else -- before Neovim 0.8
  id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
end

local function find(code)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.source == 'driverentry' and d.code == code then return d end
  end
end

local function request(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params()
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000)
  local answer = answers and answers[id]
  if not answer or answer.err then fail(method .. ': ' .. vim.inspect(answer)) end
  return answer.result
end

local rule = vim.env.RULE
if not vim.wait(20000, function() return find(rule) ~= nil end, 20) then fail('no ' .. rule) end
local found = find(rule)
say('found %s', found.code)

vim.fn.cursor(1, 1)
local line = vim.fn.search('\\V' .. vim.env.WORD)
local hover = request('textDocument/hover', { position = { line = line - 1, character = vim.fn.col('.') } })
if not hover then fail('no hover on ' .. vim.env.WORD) end
say('hover %s', hover.contents.value:match(vim.env.WORD) or 'on something else')

local range = {
  start = { line = found.lnum, character = found.col },
  ['end'] = { line = found.end_lnum, character = found.end_col },
}
local diagnostic = { range = range, message = found.message, source = found.source, code = found.code }
local actions = request('textDocument/codeAction', { range = range, context = { diagnostics = { diagnostic } } })
for _, action in ipairs(actions or {}) do
  if action.title:find(vim.env.FIX, 1, true) then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    say('fixed')
    break
  end
end
say(vim.wait(20000, function() return find(rule) == nil end, 20) and 'gone' or 'still there')

vim.lsp.stop_client(id)
if not vim.wait(5000, function() return vim.lsp.get_client_by_id(id) == nil end, 20) then fail('the server does not end') end
say('stopped')
vim.cmd('qall!')
