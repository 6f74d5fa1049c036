#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

static LOOKASIDE_LIST_EX Cache;
static KSPIN_LOCK CacheLock;

static NTSTATUS CreateCache(VOID)
{
    HANDLE thread;
    NTSTATUS status;

    status = ExInitializeLookasideListEx(&Cache, NULL, NULL, NonPagedPoolNx, 0, 64, 'hcaC', 0);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&CacheLock);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, TrimCache, NULL);
    if (!NT_SUCCESS(status)) {
        ExDeleteLookasideListEx(&Cache);
        return status;
    }
    ZwClose(thread);
    return STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    status = CreateCache();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (!NT_SUCCESS(status)) {
        ExDeleteLookasideListEx(&Cache);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
    ExDeleteLookasideListEx(&Cache);
}
