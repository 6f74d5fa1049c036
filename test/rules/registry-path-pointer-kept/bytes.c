#include <ntddk.h>

static UNICODE_STRING SavedPath;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RtlCopyMemory(&SavedPath, RegistryPath, sizeof(UNICODE_STRING));
    //            ^^^^^^^^^^ warning registry-path-pointer-kept: 'SavedPath' keeps a copy of the registry path that shares its buffer, which is freed when 'DriverEntry' has returned
    return STATUS_SUCCESS;
}
