use strict;
use warnings;
use JSON::PP;
use Net::Amazon::S3;
use Net::Amazon::S3::Authorization::Basic;
use Net::Amazon::S3::Signature::V4;
use Net::Amazon::S3::Vendor::Generic;

my ($endpoint, $host, $name, $region, $access_key, $secret) = @ARGV;
my $s3 = Net::Amazon::S3->new(
    authorization_context => Net::Amazon::S3::Authorization::Basic->new(
        aws_access_key_id     => $access_key,
        aws_secret_access_key => $secret,
    ),
    vendor => Net::Amazon::S3::Vendor::Generic->new(
        host                 => $host,
        use_https            => scalar($endpoint =~ /^https:/),
        use_virtual_host     => 0,
        authorization_method => 'Net::Amazon::S3::Signature::V4',
        default_region       => $region,
    ),
);
my $bucket = $s3->bucket($name);

sub perform {
    my ($op, $key, $file) = @_;
    if ($op eq 'put') {
        $bucket->add_key_filename($key, $file) or die $bucket->errstr;
    } elsif ($op eq 'get') {
        $bucket->get_key_filename($key, 'GET', $file) or die $bucket->errstr || 'no object';
    } elsif ($op eq 'list') {
        my $page = $bucket->list({ prefix => $key }) or die $bucket->errstr;
        return [map { $_->{key} } @{ $page->{keys} }];
    } elsif ($op eq 'size') {
        my $head = $bucket->head_key($key) or die $bucket->errstr || 'no object';
        return $head->{content_length} + 0;
    } else {
        $bucket->delete_key($key) or die $bucket->errstr;
    }
    return undef;
}

$| = 1;
while (my $line = <STDIN>) {
    my $request = decode_json($line);
    my $value = eval { perform($request->{op}, $request->{key}, $request->{file}) };
    print encode_json($@ ? { ok => JSON::PP::false, error => "$@" } : { ok => JSON::PP::true, value => $value }), "\n";
}
