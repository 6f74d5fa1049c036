;;; emacs.el --- opens a file with eglot, and prints what a user gets  -*- lexical-binding: t -*-
;; emacs -q --batch -l CONFIGURATION -l emacs.el FILE   (-Q would hide eglot where the distribution has it as a package)
;; The configuration says how the server starts. RULE is a finding to repair; WORD is to hover on; FIX is part of the title of the fix.

(require 'eglot)
(require 'flymake)

(defun say (format &rest arguments)
  (princ (concat (apply #'format format arguments) "\n")))

(defun await (what condition)
  "Lets messages in until CONDITION holds; fails with WHAT when that takes too long."
  (let ((deadline (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) deadline) (error "%s" what))
      (accept-process-output nil 0.05)
      ;; What idle timers do in an Emacs with a window.
      (eglot--signal-textDocument/didChange)
      (flymake-start))))

(defun lsp-of (diagnostic)
  (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic)))

(defun find-rule (rule)
  (seq-find (lambda (d) (equal (plist-get (lsp-of d) :code) rule)) (flymake-diagnostics)))

(defun set-rules (rules)
  ;; In an Emacs of one's own this stands in .dir-locals.el of the driver.
  (setq-default eglot-workspace-configuration `((:driverentry . (:rules ,rules))))
  (eglot-signal-didChangeConfiguration (eglot-current-server)))

(setq create-lockfiles nil
      make-backup-files nil
      eglot-sync-connect 20
      eglot-autoshutdown nil)

(let ((rule (getenv "RULE")))
  (find-file (pop command-line-args-left))
  (set-window-buffer (selected-window) (current-buffer))
  (call-interactively #'eglot)
  (await (concat "no " rule) (lambda () (find-rule rule)))
  (dolist (d (sort (flymake-diagnostics)
                   (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))
    (let ((start (plist-get (plist-get (lsp-of d) :range) :start)))
      (say "%d:%d %s %s" (1+ (plist-get start :line)) (1+ (plist-get start :character))
           (plist-get (lsp-of d) :code) (car (split-string (plist-get (lsp-of d) :message) "\n")))))

  (goto-char (point-min))
  (search-forward (getenv "WORD"))
  (goto-char (match-beginning 0))
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text ""))))
    (await "no hover" (lambda () shown))
    (say "hover %s" (if (string-match-p (regexp-quote (getenv "WORD")) shown) (getenv "WORD") shown)))

  (set-rules `(,(intern (concat ":" rule)) "off"))
  (await "stays when it is off" (lambda () (not (find-rule rule))))
  (say "off")
  (set-rules nil)
  (await "does not come back" (lambda () (find-rule rule)))
  (say "on")

  (let* ((d (find-rule rule)) (fix (getenv "FIX")) (last-nonmenu-event ?x))
    ;; M-x eglot-code-actions, and choosing by a part of the title.
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (car (seq-find (lambda (item) (string-match-p (regexp-quote fix) (car item))) items)))))
      (eglot-code-actions (flymake-diagnostic-beg d) (flymake-diagnostic-end d) nil t)))
  (say "fixed")
  (await "still there" (lambda () (not (find-rule rule))))
  (say "gone")
  (save-buffer)
  (say "saved")
  (eglot-shutdown (eglot-current-server))
  (say "stopped"))
