#include <ntddk.h>

static PUNICODE_STRING SavedPath;

NTSTATUS CreateControlDevice(PDRIVER_OBJECT DriverObject);
DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    SavedPath = RegistryPath;
//  ^^^^^^^^^ warning registry-path-pointer-kept: 'SavedPath' keeps a pointer to the registry path, which is freed when 'DriverEntry' has returned
    status = CreateControlDevice(DriverObject);
    if (!NT_SUCCESS(status)) {
        SavedPath = NULL;
        return status;
    }
    return STATUS_SUCCESS;
}
