#include <ndis.h>

extern NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
VOID LibraryInitialize(VOID); // may register the filter

NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    DriverObject->DriverUnload = FilterUnload;

    LibraryInitialize();
    status = FilterReadParameters(RegistryPath);
    if (!NT_SUCCESS(status)) {
        NdisFDeregisterFilterDriver(FilterHandle);
        return status;
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
