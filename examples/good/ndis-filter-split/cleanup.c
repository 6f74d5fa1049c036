// Takes everything back, in reverse order.

#include "filter.h"

VOID LwfCleanup(VOID)
{
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle);
        DeviceHandle = NULL;
    }
    if (FilterHandle != NULL) {
        // detaches every module before it returns
        NdisFDeregisterFilterDriver(FilterHandle);
        FilterHandle = NULL;
    }
    NdisFreeSpinLock(&ModuleLock);
}
