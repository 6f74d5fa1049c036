#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_SPIN_LOCK ModuleLock;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
NDIS_STATUS CreateDevice(NDIS_HANDLE Handle);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    NdisAllocateSpinLock(&ModuleLock);

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Exit;
    }

    status = NdisAllocateTimerObject(FilterHandle, NULL, NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterHandle);
        goto Exit;
    }

Exit:
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&ModuleLock);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    NdisFreeSpinLock(&ModuleLock);
}
