{{- define "veer.fullname" -}}
{{- if contains "veer" .Release.Name -}}{{ .Release.Name }}{{- else -}}{{ .Release.Name }}-veer{{- end -}}
{{- end -}}

{{- define "veer.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: veer
{{ include "veer.selector" . }}
{{- end -}}

{{- define "veer.selector" -}}
app.kubernetes.io/name: veer
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "veer.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}
{{- else -}}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "veer.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "veer.fullname" .) }}
{{- end -}}

{{/* veer.yaml: the user's, and what only the chart can know. */}}
{{- define "veer.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- $dashboard := deepCopy (default (dict) $config.dashboard) -}}
{{- $address := "127.0.0.1" -}}
{{- if .Values.observe.tlsSecret -}}
{{- if not (or $dashboard.tokens $dashboard.oidc) -}}
{{- fail "observe.tlsSecret serves metrics, health and the dashboard to others: name in config.dashboard.tokens who may look (veer dashboard --new-token)" -}}
{{- end -}}
{{- $address = "0.0.0.0" -}}
{{- $_ := set $dashboard "tls-cert" "/run/secrets/veer-tls/tls.crt" -}}
{{- $_ := set $dashboard "tls-key" "/run/secrets/veer-tls/tls.key" -}}
{{- $name := include "veer.fullname" . -}}
{{- $names := list (printf "%s-dashboard" $name) (printf "%s-dashboard.%s" $name .Release.Namespace) (printf "%s-dashboard.%s.svc" $name .Release.Namespace) "localhost" -}}
{{- $_ := set $dashboard "names" (concat (default (list) $dashboard.names) $names | uniq) -}}
{{- end -}}
{{- $_ := set $dashboard "address" $address -}}
{{- $_ := set $dashboard "port" (int .Values.dashboard.port) -}}
{{- $_ := set $config "dashboard" $dashboard -}}
{{- $at := printf "%s:%d" $address (int .Values.observe.port) -}}
{{- $_ := set $config "observe" (dict "capture" $at "replicate" $at "verify" $at) -}}
{{- $_ := set $config "data" "/var/lib/veer" -}}
{{ toYaml $config }}
{{- end -}}

{{- define "veer.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "veer.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "veer.mounts" -}}
- {name: config, mountPath: /etc/veer, readOnly: true}
- {name: data, mountPath: /var/lib/veer}
# Native libraries are unpacked here.
- {name: tmp, mountPath: /tmp}
{{- if .Values.observe.tlsSecret }}
- {name: tls, mountPath: /run/secrets/veer-tls, readOnly: true}
{{- end }}
{{- range .Values.secrets }}
- {name: {{ printf "secret-%s" .as }}, mountPath: {{ printf "/run/secrets/veer/%s" .as }}, readOnly: true}
{{- end }}
{{- end -}}

{{- define "veer.volumes" -}}
- name: config
  configMap:
    name: {{ include "veer.fullname" . }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.tmp.sizeLimit }}
{{- if .Values.observe.tlsSecret }}
- name: tls
  secret:
    secretName: {{ .Values.observe.tlsSecret }}
    # 0440
    defaultMode: 288
{{- end }}
{{- range .Values.secrets }}
- name: secret-{{ .as }}
  secret:
    secretName: {{ .name }}
    # 0440
    defaultMode: 288
{{- end }}
{{- end -}}

{{/* Asks a page of the process: over the pod's address where it is served there, else from inside. */}}
{{- define "veer.probe" -}}
{{- if .root.Values.observe.tlsSecret -}}
httpGet: {path: {{ .path }}, port: {{ .port }}, scheme: HTTPS}
{{- else -}}
exec:
  command: [curl, -fsS, --max-time, "4", -o, /dev/null, {{ printf "http://127.0.0.1:%d%s" (int .number) .path | quote }}]
{{- end }}
timeoutSeconds: 5
{{- end -}}

{{/* Which waves each StatefulSet of a role has: one, or "" for all. */}}
{{- define "veer.waves" -}}
{{- if .Values.perWave -}}
{{- range .Values.config.waves -}}{{ .name }} {{ end -}}
{{- else -}}-{{- end -}}
{{- end -}}

{{- define "veer.setName" -}}
{{- $name := printf "%s-%s" (include "veer.fullname" .root) .role -}}
{{- if ne .wave "-" -}}{{- $name = printf "%s-%s" $name (.wave | replace "_" "-") -}}{{- end -}}
{{- if gt (len $name) 52 -}}{{- fail (printf "%s is longer than the 52 characters that a StatefulSet may have: take a shorter release name" $name) -}}{{- end -}}
{{ $name }}
{{- end -}}
