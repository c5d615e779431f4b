require 'aws-sdk-s3'
require 'json'

endpoint, _host, bucket, region, access_key, secret = ARGV
ARGV.clear
client = Aws::S3::Client.new(
  endpoint: endpoint,
  region: region,
  access_key_id: access_key,
  secret_access_key: secret,
  force_path_style: true,
  ssl_ca_bundle: ENV['SSL_CERT_FILE']
)
files = Aws::S3::Resource.new(client: client).bucket(bucket)

perform = lambda do |op, key, file|
  case op
  when 'put' then files.object(key).upload_file(file, multipart_threshold: 10 * 1024 * 1024) && nil
  when 'get' then client.get_object(bucket: bucket, key: key, response_target: file) && nil
  when 'list' then client.list_objects_v2(bucket: bucket, prefix: key).contents.map(&:key)
  when 'size' then client.head_object(bucket: bucket, key: key).content_length
  else client.delete_object(bucket: bucket, key: key) && nil
  end
end

$stdout.sync = true
$stdin.each_line do |line|
  request = JSON.parse(line)
  begin
    answer = { ok: true, value: perform.call(request['op'], request['key'], request['file']) }
  rescue StandardError => e
    answer = { ok: false, error: e.message }
  end
  puts answer.to_json
end
