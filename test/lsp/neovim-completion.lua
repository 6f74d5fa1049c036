-- Types behind what a file says, and prints what completion offers there, as Neovim's own client takes it.
--   nvim --headless -u CONFIGURATION -n -S neovim-completion.lua FILE
-- The configuration starts the server. RULE is a finding to wait for; TYPED is written above the line with GAP.
local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function found()
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.code == vim.env.RULE then return true end
  end
  return false
end
if not vim.wait(20000, found, 20) then fail('no ' .. vim.env.RULE) end
local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]

local gap = vim.fn.search('\\V' .. vim.env.GAP) - 1
local typed = vim.env.TYPED
vim.api.nvim_buf_set_lines(0, gap, gap, false, { typed })
local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', {
  textDocument = vim.lsp.util.make_text_document_params(),
  position = { line = gap, character = #typed },
}, 10000)
local answer = answers and answers[client.id]
if not answer or answer.err then fail(vim.inspect(answer)) end
local labels = vim.tbl_map(function(item) return item.label end, answer.result or {})
io.stdout:write((labels[1] or 'nothing') .. '\n')
vim.lsp.stop_client(client.id, true)
vim.cmd('qall!')
