#include <ntddk.h>

static UNICODE_STRING KeyName;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUNICODE_STRING path = RegistryPath;
    UNICODE_STRING copy;

    UNREFERENCED_PARAMETER(DriverObject);
    copy = *path;
#if DBG
    DbgPrint("%wZ\n", path);
#endif
    KeyName = copy;
//  ^^^^^^^ warning registry-path-pointer-kept: 'KeyName' keeps a copy of the registry path that shares its buffer, which is freed when 'DriverEntry' has returned
    return STATUS_SUCCESS;
}
